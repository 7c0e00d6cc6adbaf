package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Registries that fail or lie in the middle of a blob. */
@Timeout(30)
class BrokenBlobTest {
    private static final int SIZE = 1_000_000;

    private final byte[] content = new byte[SIZE];
    private FakeRegistry registry;
    private RegistryStore store;
    private Descriptor blob;

    @BeforeEach
    void start() throws Exception {
        new Random(1).nextBytes(content);
        blob = Descriptor.of("x/y", content);
        registry = new FakeRegistry();
        store = registry.store();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private byte[] read() throws Exception {
        try (InputStream in = store.openBlob(blob)) {
            return in.readAllBytes();
        }
    }

    private MockResponse.Builder broken() {
        return FakeRegistry.body(content).onResponseBody(new SocketEffect.CloseSocket());
    }

    /** What a registry that honours ranges answers to the second request; it comes as a dispatcher would need it. */
    private void answerRange(byte[] from) {
        registry.server().setDispatcher(new mockwebserver3.Dispatcher() {
            private int asked;

            @Override
            public MockResponse dispatch(mockwebserver3.RecordedRequest request) {
                String range = request.getHeaders().get("Range");
                if (asked++ == 0 || range == null) {
                    return broken().build();
                }
                int start = Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
                return FakeRegistry.body(Arrays.copyOfRange(from, start, SIZE))
                        .code(206)
                        .setHeader("Content-Range", "bytes " + start + "-" + (SIZE - 1) + "/" + SIZE)
                        .build();
            }
        });
    }

    @Test
    void continuesWhereTheConnectionBroke() throws Exception {
        answerRange(content);

        assertThat(read()).isEqualTo(content);
        assertThat(registry.requests()).isEqualTo(2);
        registry.next();
        assertThat(registry.next().getHeaders().get("Range")).matches("bytes=[1-9][0-9]*-");
    }

    @Test
    void refusesTheRestOfAnotherBlob() {
        byte[] other = new byte[SIZE];
        answerRange(other);

        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("has the digest");
    }

    @Test
    void startsAgainIfRangesAreNotSupported() throws Exception {
        registry.answer(broken());
        registry.answer(FakeRegistry.body(content));

        assertThat(read()).isEqualTo(content);
    }

    @Test
    void aConnectionThatBreaksForeverIsGivenUp() {
        for (int i = 0; i <= BlobReader.MAX_RESUMES; i++) {
            registry.answer(broken());
        }

        assertThatThrownBy(this::read).isInstanceOf(IOException.class);
        // The platform's client sends a request anew by itself when a kept connection dies before any answer.
        assertThat(registry.requests()).isLessThanOrEqualTo(2 * (BlobReader.MAX_RESUMES + 1));
    }

    @Test
    void aBodyThatStallsIsGivenUpAndAskedForAgain() throws Exception {
        registry.answer(FakeRegistry.body(content).onResponseBody(SocketEffect.Stall.INSTANCE));
        registry.answer(FakeRegistry.body(content));

        assertThat(read()).isEqualTo(content);
    }

    /** Asked for again it would drip again: a verdict over one image would wait for it eleven times as long. */
    @Test
    void aBodyThatDripsIsGivenUpAtOnce() {
        for (int i = 0; i <= BlobReader.MAX_RESUMES; i++) {
            registry.answer(FakeRegistry.body(content).throttleBody(100, 50, TimeUnit.MILLISECONDS));
        }

        assertThatThrownBy(this::read).hasMessageContaining("bytes a second");
        assertThat(registry.requests()).isEqualTo(1);
    }

    @Test
    void aBlobLargerThanDeclaredIsRefusedByItsAnnouncement() {
        registry.answer(FakeRegistry.body(Arrays.copyOf(content, SIZE + 1)));

        assertThatThrownBy(this::read).hasMessageContaining((SIZE + 1) + " bytes of it where " + SIZE);
    }

    @Test
    void aBlobLargerThanDeclaredIsRefusedWhileItIsRead() {
        registry.answer(
                FakeRegistry.response(200).chunkedBody(new Buffer().write(Arrays.copyOf(content, SIZE + 1)), 4096));

        assertThatThrownBy(this::read).isInstanceOf(IOException.class);
    }

    @Test
    void aBlobShorterThanDeclaredIsRefused() {
        registry.answer(
                FakeRegistry.response(200).chunkedBody(new Buffer().write(Arrays.copyOf(content, SIZE - 1)), 4096));

        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("ended after");
    }

    @Test
    void reportsAMissingBlob() {
        registry.answer(FakeRegistry.error(404, "BLOB_UNKNOWN"));

        assertThatThrownBy(this::read).hasMessageContaining("404 (BLOB_UNKNOWN)");
    }

    @Test
    void bytesThatAStoreCompressedForItselfAreStillHashedAsTheyAre() throws Exception {
        registry.answer(FakeRegistry.body(content).setHeader("Content-Encoding", "gzip"));

        assertThat(read()).isEqualTo(content);
    }

    @Test
    void aSourceThatFailsIsBlamedInsteadOfTheRegistry() {
        registry.answer(404);
        registry.answer(FakeRegistry.response(202).setHeader("Location", "/upload/1"));
        registry.answer(201);

        assertThatThrownBy(() -> store.putBlob(blob, () -> new ByteArrayInputStream(content, 0, SIZE / 2)))
                .hasMessageContaining("its content could not be read");
        assertThat(registry.requests()).isLessThanOrEqualTo(3);
    }

    @Test
    void aSourceLongerThanAnnouncedIsRefused() {
        registry.answer(404);
        registry.answer(FakeRegistry.response(202).setHeader("Location", "/upload/1"));
        registry.answer(201);

        assertThatThrownBy(() -> store.putBlob(blob, () -> new ByteArrayInputStream(Arrays.copyOf(content, SIZE + 1))))
                .hasMessageContaining("its length differs from the announced one");
    }

    @Test
    void aRegistryThatRefusesInMidUploadIsQuoted() {
        registry.answer(404);
        registry.answer(FakeRegistry.response(202).setHeader("Location", "/upload/1"));
        registry.answer(FakeRegistry.error(413, "TOO_LARGE"));

        assertThatThrownBy(() -> store.putBlob(blob, () -> new ByteArrayInputStream(content)))
                .hasMessageContaining("413 (TOO_LARGE)");
    }

    @Test
    void anUploadGoesOnFromTheByteThatTheRegistryNames() throws Exception {
        byte[] large = new byte[(int) BlobUpload.SINGLE_REQUEST_BYTES + SIZE];
        new Random(2).nextBytes(large);
        registry.answer(404);
        registry.answer(FakeRegistry.response(202).setHeader("Location", "/upload/1"));
        registry.answer(FakeRegistry.response(202).onResponseStart(new SocketEffect.CloseSocket()));
        registry.answer(
                FakeRegistry.response(204).setHeader("Location", "/upload/2").setHeader("Range", "0-999"));
        registry.answer(FakeRegistry.response(202).setHeader("Location", "/upload/3"));
        registry.answer(201);

        store.putBlob(Descriptor.of("x/y", large), () -> new ByteArrayInputStream(large));

        mockwebserver3.RecordedRequest request = registry.next();
        while (!request.getTarget().equals("/upload/2")) {
            request = registry.next();
        }
        assertThat(request.getMethod()).isEqualTo("PATCH");
        assertThat(request.getHeaders().get("Content-Range")).isEqualTo("1000-" + (large.length - 1));
        assertThat(request.getBody().toByteArray()).isEqualTo(Arrays.copyOfRange(large, 1000, large.length));
        assertThat(registry.next().getTarget()).startsWith("/upload/3?digest=");
    }
}
