package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whom a policy trusts in vain is said before the verdict, the same by both fronts but for what to do. */
class MissingTrustTest {
    private static final String POLICY = """
            apiVersion: airworthy/v1
            kind: Policy
            metadata: {name: production}
            spec:
              trust: {TRUST, observed: build-agent}
              images:
                - {from: "registry.example.com/staging/{app}"}
              without:
                - {rule: vulnerabilities, reason: no scanner runs here}
              checklist:
                - signature: {}
            """;

    private static List<String> told(String trust, TrustedKey... given) throws Exception {
        Policy policy =
                Policy.parse(POLICY.replace("TRUST", trust).getBytes(StandardCharsets.UTF_8), "production.yaml");
        List<String> lines = new ArrayList<>();
        new VerifyRequest(
                        ImageReference.parse("registry.example.com/staging/app:1"),
                        Optional.empty(),
                        policy,
                        List.of(given))
                .missingTrust()
                .tell(name -> ": give " + name, ": give a root", new Progress() {
                    @Override
                    public void say(String line) {
                        lines.add(line);
                    }

                    @Override
                    public Task begin(String what, long totalBytes) {
                        return bytes -> {};
                    }
                });
        return lines;
    }

    @Test
    void namesEachKeyThatNobodyGave() throws Exception {
        assertThat(told(
                        "keys: [unit, release, scan]",
                        new TrustedKey("release", SoftwareKey.generate().publicKey())))
                .containsExactly(
                        "the policy trusts the key 'scan': give scan", "the policy trusts the key 'unit': give unit");
    }

    @Test
    void saysThatIdentitiesNeedATrustedRoot() throws Exception {
        assertThat(
                        told(
                                "identities: [{issuer: https://id.example.com, subject: https://jenkins.example.com/job/app/}]"))
                .containsExactly("the policy trusts identities: give a root");
    }

    /** A rule about which nothing can be verified is no rule that merely fails: it would fail for every image. */
    @Test
    void refusesPolicyThatAsksForProofWhereNobodyCanVerifyIt() {
        for (String asked : List.of("log: required", "timestamp: required")) {
            assertThatThrownBy(() -> told(
                            "keys: [release], " + asked,
                            new TrustedKey("release", SoftwareKey.generate().publicKey())))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("the policy asks for a log entry or a timestamp of signatures: give a root");
        }
    }

    @Test
    void saysNothingWhereNothingIsMissing() throws Exception {
        assertThat(told(
                        "keys: [release]",
                        new TrustedKey("release", SoftwareKey.generate().publicKey())))
                .isEmpty();
    }
}
