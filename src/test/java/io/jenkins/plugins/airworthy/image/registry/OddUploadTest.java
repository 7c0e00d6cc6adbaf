package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Uploads to registries that answer otherwise than the specification says today, or not at once. */
@Timeout(60)
class OddUploadTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final byte[] SMALL = "a config".getBytes(StandardCharsets.UTF_8);

    private FakeRegistry registry;
    private Uploads uploads;

    /** Keeps what it is sent, piece by piece, and changes its first answers to one method. */
    private static final class Uploads extends Dispatcher {
        private final ConcurrentMap<String, byte[]> blobs = new ConcurrentHashMap<>();
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private Buffer session = new Buffer();
        private String odd = "";
        private int times;
        private UnaryOperator<MockResponse.Builder> change = answer -> answer;
        private boolean forgetful;
        private int mostAtOnce = Integer.MAX_VALUE;

        void change(String method, int often, UnaryOperator<MockResponse.Builder> answer) {
            odd = method;
            times = often;
            change = answer;
        }

        @Override
        public synchronized MockResponse dispatch(RecordedRequest request) {
            String method = request.getMethod();
            asked.add(method);
            MockResponse.Builder answer = answer(request, method);
            if (method.equals(odd) && times-- > 0) {
                answer = change.apply(answer);
            }
            return answer.build();
        }

        private MockResponse.Builder answer(RecordedRequest request, String method) {
            String path = request.getUrl().encodedPath();
            Buffer body = request.getBody() == null ? new Buffer() : new Buffer().write(request.getBody());
            if (body.size() > mostAtOnce) {
                return FakeRegistry.response(413);
            }
            return switch (method) {
                case "HEAD" ->
                    FakeRegistry.response(blobs.containsKey(path.substring(path.lastIndexOf('/') + 1)) ? 200 : 404);
                case "POST" -> {
                    session = new Buffer();
                    yield next(202);
                }
                case "PATCH" -> {
                    session.write(body, body.size());
                    yield next(202);
                }
                case "PUT" -> end(body, request.getUrl().queryParameter("digest"));
                case "GET" -> next(204).setHeader("Range", "0-" + Math.max(0, session.size() - 1));
                default -> FakeRegistry.response(405);
            };
        }

        private static MockResponse.Builder next(int status) {
            return FakeRegistry.response(status).setHeader("Location", "/v2/team/app/blobs/uploads/1");
        }

        private MockResponse.Builder end(Buffer body, String digest) {
            session.write(body, body.size());
            byte[] whole = session.readByteArray();
            if (!Digest.of(whole).toString().equals(digest)) {
                return FakeRegistry.error(400, "DIGEST_INVALID");
            }
            if (!forgetful) {
                blobs.put(digest, whole);
            }
            return FakeRegistry.response(201);
        }
    }

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
        uploads = new Uploads();
        registry.server().setDispatcher(uploads);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static byte[] large() {
        byte[] bytes = new byte[9 * MEBIBYTE + 17];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private void put(byte[] content, RegistrySettings... settings) throws Exception {
        registry.store(settings).putBlob(Descriptor.of("x/y", content), () -> new ByteArrayInputStream(content));
        assertThat(uploads.blobs).containsOnlyKeys(Digest.of(content).toString());
        assertThat(Arrays.equals(uploads.blobs.get(Digest.of(content).toString()), content))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PUT,429", "PUT,408", "PUT,503", "PUT,520", "POST,429", "POST,503", "POST,408", "POST,500", "POST,522"})
    void retriesAfterTemporaryFailures(String method, int status) throws Exception {
        uploads.change(method, 2, answer -> FakeRegistry.response(status).setHeader("Retry-After", "0"));
        put(SMALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 499, 500, 524})
    void continuesAStreamAfterATemporaryFailure(int status) throws Exception {
        uploads.change("PATCH", 1, answer -> FakeRegistry.response(status));
        put(large());
    }

    @Test
    void theWaitThatARegistryAsksForIsWaited() throws Exception {
        uploads.change("PUT", 1, answer -> FakeRegistry.response(429).setHeader("Retry-After", "1"));
        long before = System.nanoTime();
        put(SMALL);
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(1_000_000_000L);
    }

    @Test
    void aWaitLongerThanAllowedIsNotWaited() {
        uploads.change("PUT", 1, answer -> FakeRegistry.response(429).setHeader("Retry-After", "86400"));
        assertThatThrownBy(() -> put(SMALL)).hasMessageContaining("429").hasMessageContaining("limits the rate");
        assertThat(uploads.asked).containsOnlyOnce("PUT");
    }

    /** The specification itself named these for years. */
    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204})
    void acceptsAPieceWithAnotherSuccessStatus(int status) throws Exception {
        uploads.change("PATCH", 9, answer -> answer.code(status));
        put(large());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void checksTheBlobAfterAnEndWithAnotherStatus(int status) throws Exception {
        uploads.change("PUT", 9, answer -> answer.code(status));
        put(SMALL);
        assertThat(uploads.asked).containsExactly("HEAD", "POST", "PUT", "HEAD");
    }

    @Test
    void reportsAnUploadThatDidNotEnd() {
        uploads.forgetful = true;
        uploads.change("PUT", 99, answer -> answer.code(202));
        assertThatThrownBy(() -> put(SMALL))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("says that it received the blob, but does not have it");
    }

    @Test
    void renewsATokenThatExpiresDuringAnUpload() throws Exception {
        int[] tokens = {0};
        registry.server().setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (request.getUrl().encodedPath().equals("/token")) {
                    tokens[0]++;
                    return FakeRegistry.response(200)
                            .body("{\"token\":\"t" + tokens[0] + "\",\"expires_in\":300}")
                            .build();
                }
                boolean ended = request.getMethod().equals("PUT") && tokens[0] < 3;
                if (ended || request.getHeaders().get("Authorization") == null) {
                    return FakeRegistry.response(401)
                            .setHeader(
                                    "WWW-Authenticate",
                                    "Bearer realm=\"http://" + registry.host() + "/token\",service=\"here\"")
                            .build();
                }
                return uploads.dispatch(request);
            }
        });
        put(
                SMALL,
                registry.settings().withCredentials(host -> Optional.of(new Credential.Password("alice", "secret"))));
    }

    @Test
    void aPasswordThatIsRefusedIsNotShownAgain() throws Exception {
        uploads.change("PUT", 99, answer -> FakeRegistry.response(401)
                .setHeader("WWW-Authenticate", "Basic realm=\"registry\""));
        assertThatThrownBy(() -> put(SMALL)).hasMessageContaining("401");
        assertThat(uploads.asked).containsExactly("HEAD", "POST", "PUT");
    }

    @ParameterizedTest
    @ValueSource(ints = {8 * MEBIBYTE, MEBIBYTE})
    void aBodyThatIsTooLargeForAProxyIsSentInPieces(int most) throws Exception {
        uploads.mostAtOnce = most;
        put(large());
    }

    @Test
    void reportsAProxyThatAcceptsNoSize() {
        uploads.mostAtOnce = 1024;
        assertThatThrownBy(() -> put(large())).hasMessageContaining("refuses content of this size");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 500, 503})
    void uploadsWhenAMountIsRefused(int status) throws Exception {
        uploads.change("POST", 9, answer -> FakeRegistry.response(status));
        RegistryStores stores = registry.stores();
        RegistryStore to = registry.open(stores);
        RegistryStore from = stores.open(ImageReference.parse(registry.host() + "/staging/app"));

        assertThat(to.mountBlob(Descriptor.of("x/y", SMALL), from)).isFalse();
    }
}
