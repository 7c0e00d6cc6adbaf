package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.tools.TestData;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The command as the sigstore-conformance suite calls it: its own options, in its own order. */
class VerifyBundleTest {
    private static final String SUITE = "sigstore-conformance/bundle-verify/";
    private static final String IDENTITY =
            "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";
    private static final String ISSUER = "https://token.actions.githubusercontent.com";

    private final Session session = new Session();

    private static Path data(String name) {
        return TestData.require(SUITE + name);
    }

    private Session.Ended verify(String bundle, String identity, String file) {
        List<String> arguments = new ArrayList<>(List.of("verify-bundle", "--bundle"));
        arguments.add(data(bundle + "/bundle.sigstore.json").toString());
        Collections.addAll(arguments, "--certificate-identity", identity, "--certificate-oidc-issuer", ISSUER);
        arguments.add("--trusted-root");
        arguments.add(TestData.require("sigstore-conformance/trusted_root.production.json")
                .toString());
        Collections.addAll(arguments, file, "--format", "json");
        return session.run(arguments.toArray(String[]::new));
    }

    @Test
    void verifiesAFile() throws Exception {
        Session.Ended ended = verify("happy-path-v0.3", IDENTITY, data("a.txt").toString());
        assertThat(ended.status()).isZero();
        assertThat(ended.json().get("verified").booleanValue()).isTrue();
        assertThat(ended.json().get("signer").textValue())
                .isEqualTo("identity " + IDENTITY + " (issuer " + ISSUER + ")");
        assertThat(ended.json().at("/signers/0/type").textValue()).isEqualTo("identity");
        assertThat(ended.json().at("/signers/0/name").textValue()).isEqualTo(IDENTITY);
        assertThat(ended.json().at("/signers/0/issuer").textValue()).isEqualTo(ISSUER);
    }

    @Test
    void verifiesADigest() throws IOException {
        String digest = Digest.of(Files.readAllBytes(data("a.txt"))).toString();
        assertThat(verify("happy-path-v0.3", IDENTITY, digest).status()).isZero();
        String other = Digest.of(new byte[0]).toString();
        assertThat(verify("happy-path-v0.3", IDENTITY, other).status()).isEqualTo(1);
    }

    @Test
    void refusesAnotherKindOfDigest() {
        for (String digest :
                List.of("sha512:" + "0".repeat(128), "SHA256:" + "0".repeat(64), "sha256:" + "A".repeat(64))) {
            Session.Ended ended = verify("happy-path-v0.3", IDENTITY, digest);
            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.out() + ended.err())
                    .contains("is a digest that is not read here: give the file, or its SHA-256");
        }
    }

    @Test
    void refusesAnotherIdentity() throws Exception {
        Session.Ended ended =
                verify("happy-path-v0.3", IDENTITY + "x", data("a.txt").toString());
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.json().get("verified").booleanValue()).isFalse();
        assertThat(ended.json().get("reason").textValue()).contains("identity: signed by identity " + IDENTITY);
    }

    @Test
    void refusesAForgedBundle() {
        assertThat(verify("set-invalid-signature_fail", IDENTITY, data("a.txt").toString())
                        .status())
                .isEqualTo(1);
    }

    @Test
    void verifiesWithAKey() {
        Path folder = data("managed-key-and-trusted-root");
        List<String> arguments = new ArrayList<>(List.of("verify-bundle", "--bundle"));
        arguments.add(folder.resolve("bundle.sigstore.json").toString());
        Collections.addAll(arguments, "--key", folder.resolve("key.pub").toString());
        Collections.addAll(
                arguments, "--trusted-root", folder.resolve("trusted_root.json").toString());
        arguments.add(data("a.txt").toString());
        Session.Ended ended = session.run(arguments.toArray(String[]::new));
        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("verified", "by key");
    }

    @Test
    void refusesACallWithoutAnExpectedSigner() {
        Session.Ended ended = session.run("verify-bundle", "--bundle", "b", "--trusted-root", "t", "f");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("name one expected signer");
    }
}
