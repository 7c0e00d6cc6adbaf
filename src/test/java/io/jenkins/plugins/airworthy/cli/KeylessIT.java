package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import io.jenkins.plugins.airworthy.tools.sigstore.PrivateSigstore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the command line signs without a key the real cosign verifies, and the other way round, with a private Sigstore
 * instance of real servers.
 */
class KeylessIT {
    private static final String JOB = "https://jenkins.example.com/job/app/";
    private static final String TYPE = "https://example.com/review/v1";

    @TempDir
    private static Path servers;

    private static PrivateSigstore sigstore;
    private static RegistryServer registry;
    private static int images;

    @TempDir
    private Path folder;

    private final Session session = new Session();
    private Tool cosign;
    private String repository;
    private String reference;

    @BeforeAll
    static void start() throws Exception {
        sigstore = PrivateSigstore.start(Files.createDirectory(servers.resolve("sigstore")));
        registry = RegistryServer.distribution(Files.createDirectory(servers.resolve("registry")));
    }

    @AfterAll
    static void stop() {
        // Where a server is missing the class is skipped, and this still runs.
        if (registry != null) {
            registry.close();
        }
        if (sigstore != null) {
            sigstore.close();
        }
    }

    @BeforeEach
    void buildAnImage() throws Exception {
        cosign = Tool.require("cosign");
        session.environment.put("AIRWORTHY_IDENTITY_TOKEN", sigstore.issuer().jobToken(JOB));
        repository = registry.host() + "/team/app" + images++;
        Path file = Files.writeString(folder.resolve("app.txt"), repository);
        Session.Ended built =
                keyless("build", "--base", "scratch", "--file", file + ":/app.txt", "--to", repository + ":1");
        assertThat(built.status()).as(built.err()).isZero();
        reference = repository + "@" + built.json().get("digest").textValue();
    }

    private Session.Ended keyless(String... command) {
        List<String> arguments = new ArrayList<>(Arrays.asList(command));
        arguments.addAll(List.of("--keyless", "--format", "json"));
        arguments.addAll(instance());
        return session.run(arguments.toArray(String[]::new));
    }

    private static List<String> instance() {
        return List.of("--signing-config", sigstore.signingConfig().toString(), "--trusted-root", root());
    }

    private static String root() {
        return sigstore.trustedRoot().toString();
    }

    private Tool.Outcome cosign(String... command) throws InterruptedException {
        return cosign.run(folder, Map.of("COSIGN_YES", "true"), command);
    }

    private Tool.Outcome cosignVerifies(String command, String subject, String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(command, "--trusted-root", root()));
        arguments.addAll(List.of("--certificate-identity", subject));
        arguments.addAll(List.of("--certificate-oidc-issuer", sigstore.issuer().url("ci")));
        arguments.addAll(List.of(more));
        return cosign(arguments.toArray(String[]::new));
    }

    /** The options with which cosign signs; its token comes from a file, too. */
    private Tool.Outcome cosignSigns(String command, String... more) throws Exception {
        Path token =
                Files.writeString(folder.resolve("token"), sigstore.issuer().jobToken(JOB));
        List<String> arguments = new ArrayList<>(List.of(command, "--identity-token", token.toString()));
        arguments.addAll(instance());
        arguments.addAll(List.of(more));
        return cosign(arguments.toArray(String[]::new)).succeeded();
    }

    private Path policy(String subject) throws Exception {
        return Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: keyless}
                spec:
                  trust:
                    identities: [{issuer: "%s", subject: "%s"}]
                    observed: build-agent
                  images: [{from: "%s", to: "%s-prod"}]
                  checklist:
                    - signature: {threshold: 1}
                    - provenance: {builders: ["https://plugins.jenkins.io/airworthy/builders/command-line"]}
                  without: [{rule: vulnerabilities, reason: "nothing is scanned in this test"}]
                """.formatted(
                        sigstore.issuer().url("ci"), subject, repository, repository));
    }

    /** What a real authority certifies of a workflow holds its provenance to the source, and no predicate can say otherwise. */
    @Test
    void holdsTheProvenanceOfAWorkflowToItsSource() throws Exception {
        Session.Ended passed = verify(PlatformBuild.ofGithub(sigstore.issuer(), "acme/app"));
        assertThat(passed.status()).as(passed.out()).isZero();
        assertThat(passed.out()).contains("from 'https://github.com/acme/app' at 'refs/tags/v1'");

        buildAnImage();
        Session.Ended refused = verify(PlatformBuild.ofGithub(sigstore.issuer(), "stranger/app"));
        assertThat(refused.status()).as(refused.out()).isEqualTo(1);
        assertThat(refused.out())
                .contains("source.repository: 'https://github.com/acme/app' contradicts the certificate of the signer,"
                        + " which says 'https://github.com/stranger/app'");
    }

    /** GitLab's runner names no ref, and the job where GitHub names a workflow: the certificate has both. */
    @Test
    void holdsTheProvenanceOfAPipelineToItsSource() throws Exception {
        Session.Ended passed = verify(PlatformBuild.ofGitlab(sigstore.issuer(), "acme/app", "v1"));
        assertThat(passed.status()).as(passed.out()).isZero();
        assertThat(passed.out())
                .contains("built by 'https://gitlab.com/acme/ci//release.yml@refs/heads/main'")
                .contains("from 'https://gitlab.com/acme/app' at 'refs/tags/v1'");

        buildAnImage();
        Session.Ended contradicted = verify(PlatformBuild.ofGitlab(sigstore.issuer(), "stranger/app", "v1"));
        assertThat(contradicted.status()).as(contradicted.out()).isEqualTo(1);
        assertThat(contradicted.out())
                .contains("source.repository: 'https://gitlab.com/acme/app' contradicts the certificate of the signer,"
                        + " which says 'https://gitlab.com/stranger/app'");

        buildAnImage();
        Session.Ended otherTag = verify(PlatformBuild.ofGitlab(sigstore.issuer(), "acme/app", "trial"));
        assertThat(otherTag.status()).as(otherTag.out()).isEqualTo(1);
        assertThat(otherTag.out()).contains("refs/tags/trial");
    }

    /** Verifies an image whose provenance a build on another platform signed with its token. */
    private Session.Ended verify(PlatformBuild build) throws Exception {
        Path predicate = Files.writeString(folder.resolve("provenance.json"), build.predicate());
        Path token = Files.writeString(folder.resolve("platform-token"), build.token());
        List<String> attest = new ArrayList<>(List.of("attest", "--identity-token", token.toString()));
        attest.addAll(instance());
        attest.addAll(List.of("--type", "slsaprovenance1", "--predicate", predicate.toString(), reference));
        cosign(attest.toArray(String[]::new)).succeeded();
        Path policy = Files.writeString(folder.resolve("platform.yaml"), build.policy(repository));
        return session.run(
                "verify", reference, "--policy", policy.toString(), "--trusted-root", root(), "--format", "json");
    }

    private Session.Ended verify(String subject) throws Exception {
        return session.run(
                "verify",
                reference,
                "--policy",
                policy(subject).toString(),
                "--trusted-root",
                root(),
                "--format",
                "json");
    }

    @Test
    void cosignVerifiesWhatWeSigned() throws Exception {
        Session.Ended signed = keyless("sign", reference);
        assertThat(signed.status()).as(signed.err()).isZero();
        cosignVerifies("verify", JOB, reference).succeeded();
        cosignVerifies("verify-attestation", JOB, "--type", "slsaprovenance1", reference)
                .succeeded();

        Tool.Outcome other = cosignVerifies("verify", JOB + "x", reference);
        assertThat(other.exit()).isNotZero();
        assertThat(other.err()).contains("expected SAN value");
    }

    @Test
    void cosignVerifiesWhatWeAttested() throws Exception {
        Path predicate = Files.writeString(folder.resolve("review.json"), "{\"note\": \"grüße\"}");
        Session.Ended attested = keyless("attest", reference, "--type", TYPE, "--predicate", predicate.toString());
        assertThat(attested.status()).as(attested.err()).isZero();
        cosignVerifies("verify-attestation", JOB, "--type", TYPE, reference).succeeded();
    }

    @Test
    void weVerifyWhatCosignSignedAndAttested() throws Exception {
        Path predicate = Files.writeString(folder.resolve("review.json"), "{\"note\": \"grüße\"}");
        cosignSigns("sign", reference);
        cosignSigns("attest", "--type", TYPE, "--predicate", predicate.toString(), reference);

        Session.Ended evidence = session.run(
                "evidence",
                reference,
                "--trusted-root",
                root(),
                "--identity",
                sigstore.issuer().url("ci") + "=" + JOB,
                "--format",
                "json");
        assertThat(evidence.json().get("verified")).hasSize(3);
        assertThat(evidence.json().get("rejected")).isEmpty();
        assertThat(evidence.out()).contains("https://sigstore.dev/cosign/sign/v1", TYPE);
        assertThat(verify(JOB).status()).isZero();
    }

    @Test
    void aPolicyPromotesWhatItsIdentitySignedAndNothingElse() throws Exception {
        assertThat(verify(JOB).status()).as("before the image is signed").isEqualTo(1);
        assertThat(keyless("sign", reference).status()).isZero();

        Session.Ended passed = verify(JOB);
        assertThat(passed.status()).as(passed.out()).isZero();
        assertThat(passed.out())
                .contains("identity " + JOB + " (issuer " + sigstore.issuer().url("ci") + ")");

        Session.Ended refused = verify("https://jenkins.example.com/job/other/");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.json().get("rejected").toString())
                .contains("signed by identity " + JOB, "which no trusted identity matches");

        Session.Ended promoted = session.run(
                "promote",
                reference,
                repository + "-prod:1",
                "--policy",
                policy(JOB).toString(),
                "--trusted-root",
                root(),
                "--keyless",
                "--signing-config",
                sigstore.signingConfig().toString());
        assertThat(promoted.status()).as(promoted.err()).isZero();
        String there = reference.replace("@", "-prod@");
        cosignVerifies("verify", JOB, there).succeeded();
        cosignVerifies("verify-attestation", JOB, "--type", "https://slsa.dev/verification_summary/v1", there)
                .succeeded();
    }

    @Test
    void filesAreSignedAndVerifiedBothWays() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "content");
        Session.Ended signed = session.run(signBundle("ours.json", file));
        assertThat(signed.status()).as(signed.err()).isZero();
        cosignVerifies(
                        "verify-blob",
                        JOB,
                        "--bundle",
                        folder.resolve("ours.json").toString(),
                        file.toString())
                .succeeded();

        cosignSigns("sign-blob", "--bundle", folder.resolve("theirs.json").toString(), file.toString());
        for (String bundle : List.of("ours.json", "theirs.json")) {
            assertThat(verifyBundle(bundle, file).status()).isZero();
        }
        Files.writeString(file, "changed");
        assertThat(verifyBundle("theirs.json", file).status()).isEqualTo(1);
    }

    private String[] signBundle(String bundle, Path file) {
        List<String> arguments = new ArrayList<>(
                List.of("sign-bundle", "--bundle", folder.resolve(bundle).toString()));
        arguments.addAll(instance());
        arguments.add(file.toString());
        return arguments.toArray(String[]::new);
    }

    private Session.Ended verifyBundle(String bundle, Path file) {
        return session.run(
                "verify-bundle",
                "--bundle",
                folder.resolve(bundle).toString(),
                "--certificate-identity",
                JOB,
                "--certificate-oidc-issuer",
                sigstore.issuer().url("ci"),
                "--trusted-root",
                root(),
                file.toString());
    }

    /** The wrapper through which the sigstore-conformance suite calls a client, as it calls it. */
    @Test
    void theConformanceSuiteFindsItsClientProtocol() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "content");
        Tool client = new Tool(Path.of(".ci/sigstore-conformance").toAbsolutePath());
        Map<String, String> jar = Map.of("AIRWORTHY_JAR", System.getProperty("airworthy.cli"));
        client.run(
                        folder,
                        jar,
                        "sign-bundle",
                        "--identity-token",
                        sigstore.issuer().jobToken(JOB),
                        "--bundle",
                        "out.json",
                        "--trusted-root",
                        root(),
                        "--signing-config",
                        sigstore.signingConfig().toString(),
                        file.toString())
                .succeeded();
        String[] verify = {
            "verify-bundle",
            "--bundle",
            "out.json",
            "--certificate-identity",
            JOB,
            "--certificate-oidc-issuer",
            sigstore.issuer().url("ci"),
            "--trusted-root",
            root(),
            file.toString()
        };
        client.run(folder, jar, verify).succeeded();
        verify[4] = JOB + "x";
        assertThat(client.run(folder, jar, verify).exit()).isEqualTo(1);
    }

    @Test
    void anEmailAddressSignsFromATokenInAFile() throws Exception {
        Path token =
                Files.writeString(folder.resolve("token"), sigstore.issuer().emailToken("alice@example.com"));
        session.environment.clear();
        Session.Ended signed = keyless("sign", reference, "--identity-token", token.toString());
        assertThat(signed.status()).as(signed.err()).isZero();
        Session.Ended evidence = session.run(
                "evidence",
                reference,
                "--trusted-root",
                root(),
                "--identity",
                sigstore.issuer().url("email") + "=*@example.com");
        assertThat(evidence.out()).contains("by identity alice@example.com");
    }

    @Test
    void aForgedTokenSignsNothingAndIsNotShown() {
        String token = sigstore.issuer().jobToken(JOB);
        String forged = token.substring(0, token.lastIndexOf('.')) + ".AAAA";
        session.environment.put("AIRWORTHY_IDENTITY_TOKEN", forged);
        Session.Ended ended = keyless("sign", reference);
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .contains("certificate authority http://127.0.0.1", "answered with status 4", "identity token")
                .doesNotContain(forged, forged.substring(0, 40));
    }

    /** Signing with one instance and verifying with another fails at once, and nothing is published. */
    @Test
    void theTrustedRootOfAnotherInstanceRefusesWhatThisOneMade() throws Exception {
        Path other = Files.writeString(
                folder.resolve("root.json"),
                Files.readString(sigstore.trustedRoot()).replaceFirst("\"start\":\"2020", "\"start\":\"2999"));
        Session.Ended ended = session.run(
                "sign",
                reference,
                "--keyless",
                "--signing-config",
                sigstore.signingConfig().toString(),
                "--trusted-root",
                other.toString());
        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.err()).contains("does not verify with the trusted root, so nothing was written");
        Session.Ended evidence = session.run("evidence", reference, "--format", "json");
        assertThat(evidence.json().get("referrers").intValue())
                .as("the build's provenance")
                .isEqualTo(1);
    }
}
