package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.gate.PromoteRequest;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.registry.HastyStores;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.tools.TlsServer;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Attack 11: registries, networks and key stores that fail at a bad moment. */
class OperationsTest extends ServedAttack {
    private static final int MORE_REQUESTS_THAN_A_PROMOTION_HAS = 200;

    private SigningKey summaryKey = release;

    @Override
    PromoteRequest request() throws AirworthyException {
        PromoteRequest good = super.request();
        return new PromoteRequest(
                good.image(),
                good.target(),
                good.policy(),
                good.keys(),
                good.certificates(),
                Optional.of(new KeySigner(summaryKey)),
                good.verifier(),
                good.observer());
    }

    @ParameterizedTest
    @CsvSource({
        "401, log in with",
        "403, check the permissions",
        "429, limits the rate",
        "500, has trouble",
        "502, has trouble",
        "503, has trouble",
        "504, has trouble"
    })
    void leavesImageUndecidedWhenTheRegistryAnswersWithAnError(int status, String advice) throws Exception {
        for (String asked : List.of(MANIFEST, "GET /v2/staging/cart/referrers/", "GET /v2/staging/cart/blobs/")) {
            refuses(call -> call.startsWith(asked), status);
            assertUndecided("answered " + status, advice, registry.host() + "/staging/cart");
        }
    }

    @Test
    void leavesImageUndecidedWhenItIsNotThere() throws Exception {
        refuses(call -> call.startsWith(MANIFEST), 404);
        assertUndecided(registry.host() + "/staging/cart:v1.0");
    }

    /** A registry that loses what would refuse the image must not make it pass. */
    @Test
    void leavesImageUndecidedWhenListedEvidenceIsMissing() throws Exception {
        for (Descriptor listed : staging.referrers(image.digest())) {
            refuses(call -> call.equals("GET /v2/staging/cart/manifests/" + listed.digest()), 404);
            assertUndecided(listed.digest().toString());
        }
    }

    @Test
    void leavesImageUndecidedWhenTheRegistryNeverAnswers() throws Exception {
        answers(MANIFEST, answer -> answer.newBuilder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        assertUndecided("read the manifest of " + registry.host() + "/staging/cart:v1.0", "no answer within");
    }

    @ParameterizedTest
    @CsvSource({"manifests, the connection was lost", "referrers, the connection was lost", "blobs, could not read blob"
    })
    void leavesImageUndecidedWhenABodyEndsTooSoon(String kind, String why) throws Exception {
        answers("GET /v2/staging/cart/" + kind, answer -> answer.newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());
        assertUndecided(registry.host() + "/staging/cart", why);
    }

    @ParameterizedTest
    @CsvSource({"manifests, did not go on in time", "referrers, did not go on in time", "blobs, could not read blob"})
    void leavesImageUndecidedWhenABodyStalls(String kind, String why) throws Exception {
        answers("GET /v2/staging/cart/" + kind, answer -> answer.newBuilder()
                .onResponseBody(SocketEffect.Stall.INSTANCE)
                .build());
        assertUndecided(registry.host() + "/staging/cart", why);
    }

    @Test
    void leavesImageUndecidedWhenTheConnectionIsResetDuringTheCopy() throws Exception {
        registry.before = (call, request) -> call.startsWith("PUT /v2/production/cart/blobs/uploads/")
                ? Optional.of(new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build())
                : Optional.empty();
        assertUndecided("write the blob " + registry.host() + "/production/cart@sha256:", "the connection was lost");
    }

    @Test
    void leavesImageUndecidedWhenTheDiskOfTheRegistryIsFull() throws Exception {
        refuses(call -> call.startsWith("PUT /v2/production/cart/blobs/"), 507);
        assertUndecided("write the blob " + registry.host() + "/production/cart@sha256:", "answered 507");
    }

    /** As kill -9 would at any moment: the tag points to the old image, or to the complete new one. */
    @Test
    void keepsTheOldImageUntilTheNewOneIsCompleteWhereverAPromotionEnds() throws Exception {
        assertThat(dieAtEachRequest()).as("requests of a promotion").isGreaterThan(20);
        // What one try wrote the next need not write, so that it comes further by more than a request. Now nothing is
        // left to
        // write but manifests and the tag.
        production.tag(TAG, running);
        dieAtEachRequest();
    }

    /** Lets a registry refuse all but the first 0, 1, 2, … requests, until a promotion succeeds. */
    private int dieAtEachRequest() throws Exception {
        int last = 0;
        boolean complete = false;
        while (!complete && last < MORE_REQUESTS_THAN_A_PROMOTION_HAS) {
            int dies = last++;
            AtomicInteger count = new AtomicInteger();
            registry.before = (call, request) ->
                    count.getAndIncrement() >= dies ? Optional.of(ServedRegistry.status(400)) : Optional.empty();
            Throwable thrown = catchThrowable(this::promote);
            complete = thrown == null;
            if (!complete) {
                assertThat(thrown).as("after " + dies + " requests").isInstanceOf(AirworthyException.class);
            }
            registry.before = (call, request) -> Optional.empty();
            assertThat(production.manifest(TAG).map(Manifest::digest))
                    .as("after " + dies + " requests")
                    .contains(complete ? image.digest() : running.digest());
        }
        assertThat(complete).isTrue();
        assertThat(production.referrers(image.digest())).hasSizeGreaterThanOrEqualTo(5);
        return last;
    }

    @Test
    void keepsAllEvidenceOfThirtyTwoWritersAtOnce() throws Exception {
        int writers = 32;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<String> names = new ArrayList<>();
        try {
            List<Future<Descriptor>> work = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                SigningKey key = SoftwareKey.generate();
                String name = "signer-" + i;
                keys.add(new TrustedKey(name, key.publicKey()));
                names.add(name);
                work.add(threads.submit(() -> EvidenceWriter.attach(
                        stores.open(staged()),
                        image.descriptor(),
                        signature(image),
                        new KeySigner(key),
                        Clock.fixed(NOW, ZoneOffset.UTC))));
            }
            for (Future<Descriptor> each : work) {
                assertThat(each.get()).isNotNull();
            }
        } finally {
            threads.shutdownNow();
        }
        changePolicy(
                "- signature: {threshold: 1}",
                "- signature: {threshold: " + writers + ", trust: {keys: [" + String.join(", ", names) + "]}}");
        assertPromoted();
    }

    @Test
    void leavesImageUndecidedWhenTheKeyStoreIsDown() throws Exception {
        List<Manifest> before = List.of(production.manifest(TAG).orElseThrow());
        summaryKey = new SigningKey() {
            @Override
            public VerificationKey publicKey() {
                return release.publicKey();
            }

            @Override
            public byte[] sign(byte[] message) throws AirworthyException {
                throw new UndecidedException("the key store is down");
            }
        };
        assertThat(catchThrowable(this::promote))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("the key store is down");
        assertThat(production.manifest(TAG)).contains(before.get(0));
    }

    @Test
    void promotesImageWhenTheCertificateOfTheRegistryIsRenewed() throws Exception {
        TlsServer.Authority authority = new TlsServer.Authority("own");
        TlsServer tls = speakTls(authority);
        AtomicInteger asked = rotatesAfter(5, tls, authority);

        assertPromoted();

        assertThat(asked.get()).isGreaterThan(5);
    }

    @Test
    void leavesImageUndecidedWhenTheRegistryShowsAStrangersCertificate() throws Exception {
        TlsServer tls = speakTls(new TlsServer.Authority("own"));
        AtomicInteger asked = rotatesAfter(5, tls, new TlsServer.Authority("a stranger's"));

        assertUndecided(registry.host(), "its certificate is from an unknown authority");

        assertThat(asked.get()).isGreaterThanOrEqualTo(5);
    }

    private TlsServer speakTls(TlsServer.Authority authority) throws Exception {
        registry.close();
        registry = new ServedRegistry(folder);
        TlsServer tls = new TlsServer().rotate(authority);
        registry.server().useHttps(tls);
        registry.start();
        prepare();
        stores = HastyStores.of(settings().withAuthorities(authority.pem()));
        return tls;
    }

    /** Every request has a connection of its own, and so sees the certificate of its time. */
    private AtomicInteger rotatesAfter(int requests, TlsServer tls, TlsServer.Authority next) {
        AtomicInteger asked = new AtomicInteger();
        registry.trouble = (request, answer) -> {
            if (asked.incrementAndGet() == requests) {
                try {
                    tls.rotate(next);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
            return answer.newBuilder().setHeader("Connection", "close").build();
        };
        return asked;
    }

    @Test
    void sendsNoCredentialWithARedirectToAnotherOrigin() throws Exception {
        try (ServedRegistry storage = new ServedRegistry(folder).start()) {
            login("alice");
            registry.trouble = (request, answer) -> call(request).startsWith("GET /v2/staging/cart/blobs/")
                    ? new MockResponse.Builder()
                            .code(307)
                            .setHeader("Location", "http://" + storage.host() + request.getTarget())
                            .build()
                    : answer;

            assertPromoted();

            assertThat(registry.authorizations).contains(basic("alice"));
            assertThat(storage.asked).isNotEmpty().allMatch(call -> call.startsWith("GET /v2/staging/cart/blobs/"));
            assertThat(storage.authorizations).containsOnly("");
        }
    }

    @Test
    void usesTokenOfAUserForThatUserOnly() throws Exception {
        String[] user = {"alice"};
        stores = HastyStores.of(settings()
                .withCredentials(host -> Optional.of(new Credential.Password(user[0], "secret of " + user[0]))));
        registry.before = (call, request) -> tokens(call, request);
        assertPromoted();
        registry.authorizations.clear();

        user[0] = "bob";
        assertPromoted();

        assertThat(registry.authorizations)
                .anyMatch(given -> given.startsWith("Bearer for-bob"))
                .noneMatch(given -> given.startsWith("Bearer for-alice"));
    }

    private void login(String user) throws AirworthyException {
        Credential.Password password = new Credential.Password(user, "secret of " + user);
        stores = HastyStores.of(settings().withCredentials(host -> Optional.of(password)));
        registry.before =
                (call, request) -> basic(user).equals(request.getHeaders().get("Authorization"))
                        ? Optional.empty()
                        : Optional.of(ServedRegistry.status(401)
                                .newBuilder()
                                .setHeader("WWW-Authenticate", "Basic realm=\"registry\"")
                                .build());
    }

    /** A token service that gives each user different tokens, and a registry that asks for them. */
    private Optional<MockResponse> tokens(String call, RecordedRequest request) {
        String given =
                Optional.ofNullable(request.getHeaders().get("Authorization")).orElse("");
        if (call.startsWith("GET /token")) {
            String user = given.equals(basic("alice")) ? "alice" : "bob";
            return Optional.of(new MockResponse.Builder()
                    .code(200)
                    .body("{\"token\":\"for-" + user + "\",\"expires_in\":300}")
                    .build());
        }
        return given.startsWith("Bearer for-")
                ? Optional.empty()
                : Optional.of(ServedRegistry.status(401)
                        .newBuilder()
                        .setHeader(
                                "WWW-Authenticate",
                                "Bearer realm=\"http://" + registry.host() + "/token\",service=\"here\"")
                        .build());
    }

    private static String basic(String user) {
        byte[] pair = (user + ":secret of " + user).getBytes(UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
