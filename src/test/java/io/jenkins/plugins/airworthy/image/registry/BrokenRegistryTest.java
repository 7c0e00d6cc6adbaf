package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.http.BodyStream;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Registries that fail, lie or never end, seen while a manifest is read or written. */
@Timeout(30)
class BrokenRegistryTest {
    private FakeRegistry registry;
    private RegistryStore store;
    private SampleImage image;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
        store = registry.store();
        image = SampleImage.of("content");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void readsATagInOneRequest() throws Exception {
        registry.answer(FakeRegistry.manifest(image));

        assertThat(store.manifest("1")).contains(image.manifest());
        assertThat(registry.requests()).isEqualTo(1);
    }

    @Test
    void aRegistryThatForbidsIsNotOneWithoutTheImage() {
        registry.answer(FakeRegistry.error(403, "DENIED"));

        assertThatThrownBy(() -> store.manifest("1"))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("403 (DENIED)")
                .hasMessageContaining("check the permissions")
                .hasMessageNotContaining("stranger");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 499, 500, 502, 503, 504, 520, 522, 524})
    void retriesAfterTemporaryFailures(int status) throws Exception {
        registry.answer(FakeRegistry.response(status).setHeader("Retry-After", "0"));
        registry.answer(status);
        registry.answer(FakeRegistry.manifest(image));

        assertThat(store.manifest("1")).contains(image.manifest());
    }

    @Test
    void reportsALastingFailureAfterALimitedNumberOfAttempts() {
        for (int i = 0; i < FakeRegistry.IMPATIENT.attempts(); i++) {
            registry.answer(503);
        }

        assertThatThrownBy(() -> store.manifest("1"))
                .hasMessageContaining("503")
                .hasMessageContaining("try later");
        assertThat(registry.requests()).isEqualTo(FakeRegistry.IMPATIENT.attempts());
    }

    /** Rebuilds and retries promote what is there already. */
    @ParameterizedTest
    @ValueSource(strings = {"400 TAG_INVALID", "409 CONFLICT", "412 PRECONDITION"})
    void acceptsAnImmutableTagThatHasTheImageAlready(String refusal) throws Exception {
        String[] parts = refusal.split(" ", -1);
        registry.answer(FakeRegistry.error(Integer.parseInt(parts[0]), parts[1]));
        registry.answer(FakeRegistry.manifest(image));

        store.tag("1", image.manifest());

        assertThat(registry.requests()).isEqualTo(2);
    }

    @Test
    void reportsAnImmutableTagThatHasAnotherImage() throws Exception {
        registry.answer(FakeRegistry.error(400, "TAG_INVALID"));
        registry.answer(FakeRegistry.manifest(SampleImage.of("another")));

        assertThatThrownBy(() -> store.tag("1", image.manifest()))
                .hasMessageContaining("400 (TAG_INVALID). What is there must not be changed")
                .hasMessageContaining("sha256-*")
                .hasMessageNotContaining("TLS");
    }

    @Test
    void readsTheTypeInAManifestThatIsServedAsJson() throws Exception {
        registry.answer(FakeRegistry.manifest(image).setHeader("Content-Type", "application/json; charset=utf-8"));

        assertThat(store.manifest("1")).contains(image.manifest());
    }

    @Test
    void reportsAMalformedManifestAtATagAsTheRegistrysFault() throws Exception {
        registry.answer(FakeRegistry.body(new byte[] {'{'}).setHeader("Content-Type", MediaTypes.OCI_MANIFEST));

        assertThatThrownBy(() -> store.manifest("1"))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining(registry.host())
                .hasMessageContaining("answered with something that is not a manifest");
    }

    @Test
    void aWaitLongerThanAllowedIsNotWaited() {
        registry.answer(FakeRegistry.response(429).setHeader("Retry-After", "86400"));

        assertThatThrownBy(() -> store.manifest("1"))
                .hasMessageContaining("429")
                .hasMessageContaining("limits the rate");
        assertThat(registry.requests()).isEqualTo(1);
    }

    @Test
    void aShortWaitThatIsAskedForIsWaited() throws Exception {
        registry.answer(FakeRegistry.response(429).setHeader("Retry-After", "1"));
        registry.answer(FakeRegistry.manifest(image));
        long before = System.nanoTime();

        store.manifest("1");

        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(1_000_000_000L);
    }

    @Test
    void aConnectionResetBeforeTheAnswerIsTriedAgain() throws Exception {
        registry.answer(FakeRegistry.response(200).onRequestStart(new SocketEffect.CloseSocket()));
        registry.answer(FakeRegistry.manifest(image));

        assertThat(store.manifest("1")).contains(image.manifest());
    }

    @Test
    void aTruncatedBodyIsReadAnew() throws Exception {
        registry.answer(FakeRegistry.manifest(image).onResponseBody(new SocketEffect.CloseSocket()));
        registry.answer(FakeRegistry.manifest(image));

        assertThat(store.manifest("1")).contains(image.manifest());
    }

    @Test
    void aBodyThatStallsIsGivenUp() {
        for (int i = 0; i < FakeRegistry.IMPATIENT.attempts(); i++) {
            registry.answer(FakeRegistry.manifest(image).onResponseBody(SocketEffect.Stall.INSTANCE));
        }

        assertThatThrownBy(() -> store.manifest("1")).hasMessageContaining("did not go on in time");
    }

    @Test
    void anAnswerThatNeverComesIsGivenUp() {
        for (int i = 0; i < FakeRegistry.IMPATIENT.attempts(); i++) {
            registry.answer(FakeRegistry.manifest(image).onResponseStart(SocketEffect.Stall.INSTANCE));
        }

        assertThatThrownBy(() -> store.manifest("1")).hasMessageContaining("no answer within 2 s");
    }

    @Test
    void reportsAnUnreachableRegistry() throws Exception {
        registry.close();

        assertThatThrownBy(() -> store.manifest("1")).hasMessageContaining("the connection was refused");
    }

    @Test
    void interruptingEndsTheWait() throws Exception {
        registry.answer(FakeRegistry.manifest(image).onResponseStart(SocketEffect.Stall.INSTANCE));
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                store.manifest("1");
            } catch (Exception e) {
                end.set(e);
            }
        });
        reader.start();
        registry.next();

        reader.interrupt();
        reader.join();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void interruptingEndsTheReadingOfABody() throws Exception {
        registry.answer(FakeRegistry.manifest(image).bodyDelay(1, java.util.concurrent.TimeUnit.HOURS));
        RegistryStore patient = registry.store();
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                patient.manifest("1");
            } catch (Exception e) {
                end.set(e);
            }
        });
        reader.start();
        registry.next();

        reader.interrupt();
        reader.join();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aGigabyteManifestIsRefusedByItsAnnouncement() {
        registry.answer(
                FakeRegistry.body(new byte[Manifest.MAX_BYTES + 1]).setHeader("Content-Type", MediaTypes.OCI_INDEX));

        assertThatThrownBy(() -> store.manifest("1"))
                .hasMessageContaining("more than the allowed " + Manifest.MAX_BYTES);
    }

    @Test
    void aGigabyteManifestIsRefusedWhileItIsRead() {
        registry.answer(FakeRegistry.response(200)
                .chunkedBody(new Buffer().write(new byte[Manifest.MAX_BYTES + 1]), 64 * 1024)
                .setHeader("Content-Type", MediaTypes.OCI_INDEX));

        assertThatThrownBy(() -> store.manifest("1"))
                .hasMessageContaining("more than the allowed " + Manifest.MAX_BYTES);
    }

    /** Each byte comes in time, and the last would come after hours. */
    @Test
    void aManifestThatDripsIsGivenUp() {
        registry.answer(FakeRegistry.response(200)
                .chunkedBody(new Buffer().write(new byte[Manifest.MAX_BYTES]), 1024)
                .throttleBody(100, 50, TimeUnit.MILLISECONDS)
                .setHeader("Content-Type", MediaTypes.OCI_INDEX));

        assertThatThrownBy(() -> store.manifest("1"))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("fewer than " + BodyStream.SLOWEST_BYTES_PER_SECOND + " bytes a second");
        assertThat(registry.requests()).isEqualTo(1);
    }

    @Test
    void otherContentThanAskedForIsRefused() throws Exception {
        registry.answer(FakeRegistry.manifest(SampleImage.of("another")));

        assertThatThrownBy(() -> store.manifest(image.manifest().digest()))
                .hasMessageContaining("where " + image.manifest().digest() + " was to be");
    }

    @Test
    void aLyingDigestHeaderIsRefused() throws Exception {
        registry.answer(FakeRegistry.manifest(image)
                .setHeader("Docker-Content-Digest", Digest.of(new byte[] {1}).toString()));

        assertThatThrownBy(() -> store.manifest("1")).hasMessageContaining("do not trust it");
    }

    @Test
    void aRegistryThatAnswersDifferentlyTwiceIsCaughtBetweenTagAndDigest() throws Exception {
        SampleImage other = SampleImage.of("shown to the verifier only");
        registry.answer(FakeRegistry.manifest(image));
        registry.answer(FakeRegistry.manifest(other));

        Descriptor resolved = store.manifest("1").orElseThrow().descriptor();

        assertThatThrownBy(() -> store.manifest(resolved.digest())).hasMessageContaining("do not trust it");
    }

    @Test
    void aManifestWithoutMediaTypeIsRefused() {
        registry.answer(FakeRegistry.manifest(image).removeHeader("Content-Type"));

        assertThatThrownBy(() -> store.manifest("1")).hasMessageContaining("does not name the media type");
    }

    @Test
    void parametersOfTheMediaTypeDoNotMatter() throws Exception {
        registry.answer(
                FakeRegistry.manifest(image).setHeader("Content-Type", MediaTypes.OCI_MANIFEST + "; charset=utf-8"));

        assertThat(store.manifest("1")).contains(image.manifest());
    }

    @Test
    void aCompressedAnswerIsRefusedAndNeverUnpacked() {
        registry.answer(FakeRegistry.manifest(image).setHeader("Content-Encoding", "gzip"));

        assertThatThrownBy(() -> store.manifest("1")).hasMessageContaining("must not compress");
    }

    @Test
    void refusesAPageForPeopleAsAManifest() {
        registry.answer(FakeRegistry.response(200).body("<html>").setHeader("Content-Type", "text/html"));

        assertThatThrownBy(() -> store.manifest("1")).hasMessageContaining("is not valid JSON");
    }

    @Test
    void resolvesByReadingTheManifestIfTheHeadIsIncomplete() throws Exception {
        registry.answer(FakeRegistry.response(200));
        registry.answer(FakeRegistry.manifest(image));

        assertThat(store.resolve("1")).contains(image.manifest().descriptor());
    }

    @Test
    void anotherDigestThanWeWroteIsAFailure() {
        registry.answer(FakeRegistry.response(201)
                .setHeader("Docker-Content-Digest", Digest.of(new byte[] {1}).toString()));

        assertThatThrownBy(() -> store.tag("1", image.manifest())).hasMessageContaining("do not trust it");
    }

    @Test
    void anUploadIsNotBegunTwiceBlindly() throws Exception {
        registry.answer(404);
        registry.answer(500);
        registry.answer(200); // it is there by now: somebody else wrote it, or nobody knows

        store.putBlob(image.layerDescriptor(), () -> new ByteArrayInputStream(image.layer()));

        assertThat(registry.requests()).isEqualTo(3);
    }

    @Test
    void afterALostAnswerTheBlobIsLookedForBeforeItIsSentAgain() throws Exception {
        registry.answer(404);
        registry.answer(FakeRegistry.response(202).setHeader("Location", "/upload/1"));
        registry.answer(FakeRegistry.response(201).onResponseStart(new SocketEffect.CloseSocket()));
        registry.answer(200);

        store.putBlob(image.layerDescriptor(), () -> new ByteArrayInputStream(image.layer()));

        registry.next();
        registry.next();
        assertThat(registry.next().getTarget())
                .isEqualTo("/upload/1?digest=" + image.layerDescriptor().digest());
        assertThat(registry.next().getMethod()).isEqualTo("HEAD");
    }

    @Test
    void speaksPlainHttpOnlyToThisMachineByDefault() throws Exception {
        RegistrySettings remote = RegistrySettings.of("registry.example.com");

        assertThat(remote.plainHttp()).isFalse();
        assertThat(RegistrySettings.of("127.0.0.1:5000").plainHttp()).isTrue();
        assertThat(RegistrySettings.of("[::1]:5000").plainHttp()).isTrue();
        assertThat(RegistrySettings.of("localhost.example.com").plainHttp()).isFalse();
        assertThat(RegistrySettings.of("127.0.0.1.example.com").plainHttp()).isFalse();
    }

    @Test
    void aRegistryWithoutSettingsIsRefusedWhereOnlyConfiguredOnesAreAllowed() throws Exception {
        RegistryStores only = RegistryStores.only(java.util.List.of(RegistrySettings.of("registry.example.com")));

        assertThatThrownBy(() -> registry.open(only)).hasMessageContaining("not one of the configured registries");
        assertThat(registry.requests()).isZero();
    }
}
