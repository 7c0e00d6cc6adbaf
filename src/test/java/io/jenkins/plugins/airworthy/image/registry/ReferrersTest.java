package io.jenkins.plugins.airworthy.image.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Lists of what is attached to an image: read in whole or not at all, written so that nothing of others is lost. */
@Timeout(30)
class ReferrersTest {
    private final Digest subject = Digest.of("subject".getBytes(StandardCharsets.UTF_8));
    private FakeRegistry registry;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    static Descriptor entry(String text) {
        return Descriptor.of(MediaTypes.OCI_MANIFEST, text.getBytes(StandardCharsets.UTF_8));
    }

    static ObjectNode index(Descriptor... entries) {
        ObjectNode index = StrictJson.object();
        index.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        var manifests = index.putArray("manifests");
        for (Descriptor entry : entries) {
            manifests.add(entry.toJson());
        }
        return index;
    }

    static MockResponse.Builder list(Descriptor... entries) {
        return FakeRegistry.body(StrictJson.write(index(entries))).setHeader("Content-Type", MediaTypes.OCI_INDEX);
    }

    @Test
    void readsEveryPage() throws Exception {
        registry.answer(list(entry("a")).setHeader("Link", "<?page=2>; rel=\"next\""));
        registry.answer(list(entry("b"), entry("a")));

        assertThat(registry.store().referrers(subject)).containsExactly(entry("a"), entry("b"));
    }

    @Test
    void refusesAListThatCanOnlyBeReadInPart() throws Exception {
        registry.answer(list(entry("a")).setHeader("Link", "<?page=2>; rel=\"next\""));
        registry.answer(404);

        assertThatThrownBy(() -> registry.store().referrers(subject))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("404");
    }

    @Test
    void refusesPagesThatGoRoundInCircles() throws Exception {
        for (int i = 0; i < 3; i++) {
            registry.answer(list(entry("a")).setHeader("Link", "<?again>; rel=\"next\""));
        }

        assertThatThrownBy(() -> registry.store().referrers(subject)).hasMessageContaining("does not come to the end");
    }

    @Test
    void pagesWithoutEndAreRefused() throws Exception {
        registry.server().setDispatcher(new Dispatcher() {
            private int page;

            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return list(entry("page " + page))
                        .setHeader("Link", "<?page=" + page++ + ">; rel=\"next\"")
                        .build();
            }
        });

        assertThatThrownBy(() -> registry.store().referrers(subject)).hasMessageContaining("does not come to the end");
        assertThat(registry.requests()).isLessThanOrEqualTo(ReferrersApi.MAX_PAGES);
    }

    @Test
    void refusesANextPageOnAnotherHost() throws Exception {
        registry.answer(list(entry("a")).setHeader("Link", "<http://127.0.0.1:1/page>; rel=\"next\""));

        assertThatThrownBy(() -> registry.store().referrers(subject)).hasMessageContaining("redirects to");
    }

    @Test
    void aRegistryWithoutTheApiIsAskedOnce() throws Exception {
        RegistryStores stores = registry.stores();
        registry.answer(404);
        registry.answer(list(entry("a")));
        registry.answer(list(entry("a")));

        assertThat(registry.open(stores).referrers(subject)).containsExactly(entry("a"));
        assertThat(registry.open(stores).referrers(subject)).containsExactly(entry("a"));

        assertThat(registry.next().getTarget()).endsWith("/referrers/" + subject);
        assertThat(registry.next().getTarget()).endsWith("/manifests/sha256-" + subject.hex());
        assertThat(registry.next().getTarget()).endsWith("/manifests/sha256-" + subject.hex());
    }

    @Test
    void aRegistryThatGainedTheApiIsAskedAgainAfterAWhile() throws Exception {
        Instant[] now = {Instant.EPOCH};
        RegistryStores stores = new RegistryStores(
                List.of(),
                Optional.of(CredentialSource.ANONYMOUS),
                Proxies.NONE,
                RequestListener.NONE,
                FakeRegistry.IMPATIENT,
                (InstantSource) () -> now[0]);
        registry.answer(404);
        registry.answer(404);
        registry.answer(list(entry("a")));
        registry.open(stores).referrers(subject);
        now[0] = now[0].plus(ReferrersApiCache.LIFE).plus(Duration.ofSeconds(1));

        assertThat(registry.open(stores).referrers(subject)).containsExactly(entry("a"));
    }

    @Test
    void aMissingRepositoryDoesNotMeanThatTheApiIsMissing() throws Exception {
        RegistryStores stores = registry.stores();
        registry.answer(FakeRegistry.error(404, "NAME_UNKNOWN"));
        registry.answer(404);
        registry.answer(list(entry("a")));
        registry.open(stores).referrers(subject);

        assertThat(registry.open(stores).referrers(subject)).containsExactly(entry("a"));

        registry.next();
        registry.next();
        assertThat(registry.next().getTarget()).endsWith("/referrers/" + subject);
    }

    @Test
    void refusesAPageForPeopleAsAList() throws Exception {
        registry.answer(FakeRegistry.response(200).body("<html>").setHeader("Content-Type", "text/html"));
        registry.answer(FakeRegistry.response(200).body("{}"));
        registry.answer(list(entry("a")));

        assertThat(registry.store().referrers(subject)).containsExactly(entry("a"));
        registry.next();
        assertThat(registry.next().getTarget()).isEqualTo("/v2/");
    }

    @Test
    void aRegistryInTroubleIsNotOneWithoutEvidence() throws Exception {
        for (int i = 0; i < FakeRegistry.IMPATIENT.attempts(); i++) {
            registry.answer(500);
        }

        assertThatThrownBy(() -> registry.store().referrers(subject)).hasMessageContaining("500");
    }

    @Test
    void refusesAnImageAtTheFallbackTag() throws Exception {
        registry.answer(404);
        registry.answer(FakeRegistry.manifest(SampleImage.of("image")));

        assertThatThrownBy(() -> registry.store().referrers(subject)).hasMessageContaining("it is not an index");
    }

    /** "cosign copy" leaves every image at the tag where the list of its referrers would be. */
    @Test
    void readsTheImageItselfAtItsFallbackTagAsAnEmptyList() throws Exception {
        SampleImage image = SampleImage.of("image");
        registry.answer(404);
        registry.answer(FakeRegistry.manifest(image));

        assertThat(registry.store().referrers(image.manifest().digest())).isEmpty();
    }

    @Test
    void writesNoTagToARegistryWithTheApi() throws Exception {
        SampleImage note = SampleImage.attachedTo(entry("subject"), "note");
        registry.answer(FakeRegistry.response(201)
                .setHeader("OCI-Subject", entry("subject").digest()));

        registry.store().putManifest(note.manifest());

        assertThat(registry.requests()).isEqualTo(1);
    }

    @Test
    void requiresConfirmationFromARegistryThatIsSaidToHaveTheApi() throws Exception {
        SampleImage note = SampleImage.attachedTo(entry("subject"), "note");
        registry.answer(201);

        assertThatThrownBy(() -> registry.store(registry.settings().withReferrers(ReferrersSupport.API))
                        .putManifest(note.manifest()))
                .hasMessageContaining("does not confirm that it lists it");
    }
}
