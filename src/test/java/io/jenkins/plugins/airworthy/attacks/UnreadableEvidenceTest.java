package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.registry.HastyStores;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.policy.Scan;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

/**
 * Attack 1: a critical scan is listed, but something else is returned when it is fetched. Such an answer of a
 * registry, its token service or a proxy says nothing about the evidence, so the older scan does not decide.
 */
class UnreadableEvidenceTest extends ServedAttack {
    private static final String PAGE = "<html>Please log in</html>";

    private String critical;

    private void criticalScan() throws Exception {
        stageWithout(Piece.SCAN);
        attach(image, Scan.of(image).observedAt(NOW.minusSeconds(7_000)).statement(), release);
        Descriptor newest = attach(
                image,
                Scan.of(image)
                        .finding("CVE-2026-1", "CRITICAL", "2.0", "")
                        .observedAt(NOW.minusSeconds(600))
                        .statement(),
                release);
        critical = "GET /v2/staging/cart/manifests/" + newest.digest();
        candidate = staged();
        assertRefused("vulnerabilities", "CVE-2026-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {PAGE, "{}", "{\"token\":7}", "{\"token\":\"given\",\"expires_in\":-1}", ""})
    void leavesImageUndecidedWhenTheTokenServiceAnswersWithSomethingElse(String answer) throws Exception {
        criticalScan();
        demandATokenForIt(host -> Optional.of(new Credential.Password("alice", "secret")), answer);

        assertUndecided("token service");
    }

    @Test
    void leavesImageUndecidedWhenTheCredentialIsMalformed() throws Exception {
        criticalScan();
        demandATokenForIt(
                host -> {
                    throw new InvalidInputException("config.json: is not valid JSON");
                },
                "{\"token\":\"given\"}");

        assertUndecided("config.json: is not valid JSON");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 500, 100_000})
    void leavesImageUndecidedWhenAPageIsInPlaceOfTheScan(int times) throws Exception {
        criticalScan();
        answers(
                critical,
                manifest -> manifest.newBuilder().body(PAGE.repeat(times)).build());

        assertUndecided("read the manifest of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", MediaTypes.DOCKER_MANIFEST, MediaTypes.OCI_INDEX})
    void leavesImageUndecidedWhenTheScanHasAnotherContentType(String type) throws Exception {
        criticalScan();
        answers(critical, manifest -> manifest.newBuilder()
                .setHeader("Content-Type", type)
                .build());

        assertUndecided("read the manifest of", type);
    }

    /** A file server calls everything so; the manifest itself says what it is. */
    @Test
    void refusesForCriticalScanUnderTheContentTypeOfAnyJson() throws Exception {
        criticalScan();
        answers(critical, manifest -> manifest.newBuilder()
                .setHeader("Content-Type", "application/json")
                .build());

        assertRefused("vulnerabilities", "CVE-2026-1");
    }

    private void demandATokenForIt(CredentialSource credentials, String answer) throws Exception {
        stores = HastyStores.of(settings().withCredentials(credentials));
        registry.before = (call, request) -> {
            if (call.startsWith("GET /token")) {
                return Optional.of(
                        new MockResponse.Builder().code(200).body(answer).build());
            }
            if (call.equals("GET /v2/")) {
                return Optional.of(ServedRegistry.status(200));
            }
            boolean known = "Bearer given".equals(request.getHeaders().get("Authorization"));
            return call.startsWith(critical) && !known
                    ? Optional.of(ServedRegistry.status(401)
                            .newBuilder()
                            .setHeader("WWW-Authenticate", "Bearer realm=\"http://" + registry.host() + "/token\"")
                            .build())
                    : Optional.empty();
        };
    }
}
