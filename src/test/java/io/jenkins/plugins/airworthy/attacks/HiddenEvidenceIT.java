package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.Promotion;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.TestLedger;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import static io.jenkins.plugins.airworthy.evidence.TestResult.Outcome.FAILED;
import static io.jenkins.plugins.airworthy.evidence.TestResult.Outcome.PASSED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attack 1, on a real registry that has no referrers API and does not delete: a user with push rights replaces the
 * list of an image's evidence with one without the failed test.
 */
class HiddenEvidenceIT extends Attack {
    private final HttpClient http = HttpClient.newHttpClient();
    private RegistryServer registry;
    private RegistryStores registries;
    private SignatureLog log;

    private void start() {
        if (registry == null) {
            try {
                registry = RegistryServer.distribution(Files.createDirectories(folder.resolve("registry")));
                registries = RegistryStores.only(List.of(RegistrySettings.of(registry.host())));
                log = new SignatureLog(TestLedger.in(folder));
            } catch (IOException | AirworthyException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Override
    String place(String stage) {
        start();
        return registry.host() + "/" + stage;
    }

    @Override
    ImageStore open(ImageReference reference) throws AirworthyException {
        return registries.open(reference);
    }

    @Override
    List<String> published() throws Exception {
        return List.of(
                production.manifest(TAG).map(Manifest::digest).toString(),
                production.referrers(image.digest()).toString());
    }

    @Override
    Descriptor attach(Manifest about, Statement statement, SigningKey key)
            throws AirworthyException, InterruptedException {
        log.append(new SignatureLog.Entry(
                NOW,
                "shop/cart#7",
                statement.subject().digest(),
                Digest.of(statement.toBytes()),
                statement.predicateType(),
                "release",
                key.fingerprint(),
                SignatureLog.Details.of(statement, false, place("staging") + "/cart")));
        return super.attach(about, statement, key);
    }

    @Test
    void refusesImageWhoseFailedTestLeftTheListAndStaysInTheRecord() throws Exception {
        Descriptor failed = attach(image, tests(image, FAILED, NOW.minusSeconds(7_000)), release);
        attach(image, tests(image, PASSED, NOW.minusSeconds(60)), release);
        assertRefused("tests", "suite 'junit' failed before it passed on the same image");

        String tag = "sha256-" + image.digest().hex();
        ObjectNode list = StrictJson.parseObject(send("GET", tag, "").body().getBytes(UTF_8), "the list", 1 << 20)
                .node();
        ArrayNode listed = (ArrayNode) list.get("manifests");
        int before = listed.size();
        for (int i = listed.size() - 1; i >= 0; i--) {
            if (listed.get(i).get("digest").asText().equals(failed.digest().toString())) {
                listed.remove(i);
            }
        }
        assertThat(listed.size()).isEqualTo(before - 1);
        assertThat(send("PUT", tag, new String(StrictJson.write(list), UTF_8)).statusCode())
                .isEqualTo(201);
        assertThat(staging.manifest(failed.digest())).as("nothing was deleted").isPresent();

        assertRefused("evidence", "suite 'junit' FAILED", "for the run shop/cart#7");
        assertThat(new Gate(stores, clock).promote(request(), Progress.SILENT))
                .as("a gate without a record cannot know")
                .isInstanceOf(Promotion.Promoted.class);
    }

    @Override
    Gate gate() {
        return new Gate(stores, clock, Gate.DEFAULT_TIME_LIMIT, log::statements);
    }

    private HttpResponse<String> send(String method, String tag, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + registry.host() + "/v2/staging/cart/manifests/" + tag))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        Map.of("Accept", MediaTypes.OCI_INDEX, "Content-Type", MediaTypes.OCI_INDEX)
                .forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
