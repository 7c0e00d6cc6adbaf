package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** On a real registry: a base is recalled and deleted, and an image that was built on it is refused by its layers. */
class RecalledBaseIT {
    @TempDir
    Path folder;

    private final Session session = new Session();
    private RegistryServer registry;

    @BeforeEach
    void makeImage() throws Exception {
        registry = RegistryServer.distribution(Files.createDirectories(folder.resolve("registry")));
        session.environment.put(KeyPasswords.VARIABLE, "secret");
        session.environment.put("HOME", folder.toString());
        Files.writeString(folder.resolve("base.txt"), "base");
        Files.writeString(folder.resolve("app.txt"), "application");
        Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images: [{from: "HOST/staging/{app}", to: "HOST/prod/{app}"}]
                  checklist:
                    - signature: {threshold: 1}
                    - provenance: {builders: ["https://plugins.jenkins.io/airworthy/builders/command-line"]}
                  without: [{rule: vulnerabilities, reason: "nothing is scanned here"}]
                """.replace("HOST", registry.host()));
        ended(0, "key generate --output FOLDER/release");
        ended(0, "key generate --output FOLDER/recalls");
        ended(0, "build --base scratch --file FOLDER/base.txt:/base.txt --to HOST/base/java:17");
        ended(
                0,
                "build --base HOST/base/java:17 --file FOLDER/app.txt:/app.txt --to HOST/staging/shop:1"
                        + " --key FOLDER/release.key");
        ended(0, "sign HOST/staging/shop:1 --key FOLDER/release.key");
        ended(0, "recall new FOLDER/recalls.yaml --name acme");
        ended(0, "recall publish FOLDER/recalls.yaml --to HOST/acme/recalls --key FOLDER/recalls.key");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private String[] promotion(String target) {
        return ("promote HOST/staging/shop:1 HOST/prod/shop:" + target + " --policy FOLDER/policy.yaml"
                        + " --trust release=FOLDER/release.pub --recalls HOST/acme/recalls"
                        + " --recalls-key FOLDER/recalls.pub")
                .split(" ");
    }

    @Test
    void refusesImageWhoseRecalledBaseIsGone() throws Exception {
        assertThat(ended(0, promotion("1")).out())
                .contains("passed   recalls: none of the 0 recalls of 'acme' version 1");
        ended(0, "recall add FOLDER/recalls.yaml --base HOST/base/java:17 --story back-door --by alice");
        ended(0, "recall publish FOLDER/recalls.yaml --to HOST/acme/recalls --key FOLDER/recalls.key");
        delete("base/java", "17");
        assertThat(ended(3, "verify HOST/base/java:17 --policy FOLDER/policy.yaml --trust release=FOLDER/release.pub")
                        .err())
                .contains("was not found");
        Session.Ended refused = ended(1, promotion("2"));
        assertThat(refused.out())
                .contains(
                        "FAILED   recalls: recalled by 'acme' version 2",
                        "has the layers of " + registry.host() + "/base/java@");
        assertThat(ended(1, "recall check HOST/acme/recalls --recalls-key FOLDER/recalls.pub --image HOST/prod/shop:1")
                        .out())
                .contains("recalled " + registry.host() + "/prod/shop:1: 1 entry is about it");
    }

    @Test
    void leavesImageUndecidedWhenTheListIsLedBackOrGone() throws Exception {
        ended(0, "recall publish FOLDER/recalls.yaml --to HOST/acme/recalls --key FOLDER/recalls.key");
        ended(0, promotion("1"));
        HttpResponse<String> first = send("GET", "acme/recalls", "v1", "");
        assertThat(send("PUT", "acme/recalls", "current", first.body()).statusCode())
                .isEqualTo(201);
        assertThat(ended(3, promotion("2")).err()).contains("somebody leads back to an older one");
        ended(3, "verify HOST/prod/shop:2 --policy FOLDER/policy.yaml --trust release=FOLDER/release.pub");
        delete("acme/recalls", "current");
        assertThat(ended(3, promotion("2")).err()).contains("nothing is published there");
    }

    private void delete(String repository, String tag) throws Exception {
        String digest = send("GET", repository, tag, "")
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElseThrow();
        assertThat(send("DELETE", repository, digest, "").statusCode()).isEqualTo(202);
    }

    private HttpResponse<String> send(String method, String repository, String name, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + registry.host() + "/v2/" + repository + "/manifests/" + name))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Accept", MediaTypes.OCI_MANIFEST)
                .header("Content-Type", MediaTypes.OCI_MANIFEST)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private Session.Ended ended(int status, String words) {
        return ended(status, words.split(" "));
    }

    private Session.Ended ended(int status, String... words) {
        List<String> here = new ArrayList<>();
        for (String word : words) {
            here.add(word.replace("FOLDER", folder.toString()).replace("HOST", registry.host()));
        }
        Session.Ended ended = session.run(here.toArray(String[]::new));
        assertThat(ended.status()).as(here + ": " + ended.out() + ended.err()).isEqualTo(status);
        return ended;
    }
}
