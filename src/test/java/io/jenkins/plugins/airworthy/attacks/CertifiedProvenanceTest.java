package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.CertificateExtension;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.provenance.GithubSamples;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Attack 13 with certificates: a workflow that everybody may call, or a build that has another predicate signed than its own. The
 * policy trusts one shared workflow, and holds it to the source that the certificate names.
 */
class CertifiedProvenanceTest extends ProvenanceAttack {
    private static final String WORKFLOW = "https://github.com/acme/ci/.github/workflows/release.yml@refs/tags/v2";
    private static final String APP = "https://github.com/acme/cart";
    private static final String STRANGER = "https://github.com/stranger/cart";
    private static final String RELEASE = "refs/tags/v1.0";
    private static final String COMMIT = "5c9ebba17ecc935d2e5a2d1af0886304a1af805e";

    private final MintedSigstore sigstore = new MintedSigstore();
    private final Map<CertificateExtension, String> certified =
            new HashMap<>(GithubSamples.extensions(APP, RELEASE, COMMIT, WORKFLOW));
    private String predicate = GithubSamples.workflow(APP, RELEASE, COMMIT, WORKFLOW);

    @BeforeEach
    void signAsTheWorkflow() {
        sigstore.issuer = GithubSamples.ISSUER;
        sigstore.names = List.of(new GeneralName(GeneralName.uniformResourceIdentifier, WORKFLOW));
    }

    @Override
    String accepted() {
        return """
                        accept:
                          - builders: ["https://github.com/acme/ci/.github/workflows/release.yml@refs/tags/v*"]
                            sources: [{repository: "https://github.com/acme/{app}", refs: ["refs/tags/v*"]}]
                            trust:
                              observed: imported
                              identities:
                                - issuer: https://token.actions.githubusercontent.com
                                  subject: "https://github.com/acme/ci/.github/workflows/release.yml@refs/tags/v*"
                                  extensions: {runnerEnvironment: github-hosted}
                """;
    }

    @Override
    void attest() throws Exception {
        sigstore.tell(certified);
        attach(
                image,
                sigstore.bundle(statement(PredicateTypes.PROVENANCE, predicate).toBytes()));
        certificates = trust();
    }

    private Optional<CertificateTrust> trust() throws Exception {
        return Optional.of(new SigstoreTrust(
                TrustedRoot.parse(StrictJson.write(sigstore.trustedRoot()), "trusted_root.json"), clock));
    }

    private void assertContradicted(String member, String said, String certificate) throws Exception {
        attest();
        assertRefused(
                "provenance",
                "provenance cannot be read",
                "predicate." + member + ": '" + said + "' contradicts the certificate of the signer, which says '"
                        + certificate + "'");
    }

    /** Anybody may call the workflow from a repository of his own. */
    @Test
    void refusesImageThatAStrangerBuiltByTheTrustedWorkflow() throws Exception {
        predicate = GithubSamples.workflow(STRANGER, RELEASE, COMMIT, WORKFLOW);
        certified.putAll(GithubSamples.extensions(STRANGER, RELEASE, COMMIT, WORKFLOW));
        attest();
        assertRefused("provenance", "from '" + STRANGER + "'", "not one of the allowed sources of this image");
    }

    @Test
    void refusesSourceThatOnlyAStrangersPredicateNames() throws Exception {
        certified
                .keySet()
                .removeIf(each ->
                        each != CertificateExtension.BUILD_SIGNER && each != CertificateExtension.RUNNER_ENVIRONMENT);
        attest();
        assertRefused("provenance", "from a source that the provenance does not name");
    }

    @Test
    void refusesPredicateThatNamesAnotherRepositoryThanTheCertificate() throws Exception {
        certified.put(CertificateExtension.SOURCE_REPOSITORY, STRANGER);
        assertContradicted("source.repository", APP, STRANGER);
    }

    /**
     * The bytes are the same, and so is the workflow; only the certificate tells which repository the run was for. Evidence is read
     * in the order of the digests of its manifests, and only the first one could hide the other.
     */
    @Test
    void refusesTheSameWordsSignedByARunForAnotherRepository() throws Exception {
        certified.put(CertificateExtension.SOURCE_REPOSITORY, STRANGER);
        ObjectNode byStranger = bundleWith(digest -> digest.startsWith("8"));
        certified.put(CertificateExtension.SOURCE_REPOSITORY, APP);
        attach(image, bundleWith(digest -> digest.startsWith("7")));
        attach(image, byStranger);
        certificates = trust();
        assertRefused("provenance", "provenance cannot be read", "'" + APP + "' contradicts the certificate", STRANGER);
    }

    private ObjectNode bundleWith(Predicate<String> digestOfItsManifest) throws Exception {
        ImageStore elsewhere = open(ImageReference.parse(place("elsewhere") + "/cart:" + TAG));
        sigstore.tell(certified);
        ObjectNode bundle;
        do {
            bundle = sigstore.bundle(
                    statement(PredicateTypes.PROVENANCE, predicate).toBytes());
        } while (!digestOfItsManifest.test(Forge.attach(elsewhere, image.descriptor(), StrictJson.write(bundle))
                .hex()));
        return bundle;
    }

    @Test
    void refusesPredicateThatNamesAnotherRefThanTheCertificate() throws Exception {
        certified.put(CertificateExtension.SOURCE_REF, "refs/heads/feature");
        assertContradicted("source.ref", RELEASE, "refs/heads/feature");
    }

    /** The certificate's word counts also where the predicate is of a kind whose source is not read. */
    @Test
    void refusesSourceOfTheCertificateThatThePredicateDoesNotName() throws Exception {
        predicate = predicate.replace("https://actions.github.io/buildtypes/workflow/v1", "https://example.com/own/v1");
        certified.putAll(GithubSamples.extensions(STRANGER, RELEASE, COMMIT, WORKFLOW));
        predicate = predicate.replace(APP + "/actions", STRANGER + "/actions");
        attest();
        assertRefused("provenance", "from '" + STRANGER + "'", "not one of the allowed sources of this image");
    }

    /** Another workflow of the same organisation may be changed by more people. */
    @Test
    void refusesPredicateThatNamesAnotherBuilderThanTheCertificate() throws Exception {
        String other = WORKFLOW.replace("release.yml", "try.yml");
        certified.put(CertificateExtension.BUILD_SIGNER, other);
        assertContradicted("builder", WORKFLOW, other);
    }

    @Test
    void refusesBuilderAtABranchWhereTagsAreAskedFor() throws Exception {
        String branch = WORKFLOW.replace("refs/tags/v2", "refs/heads/v2");
        predicate = GithubSamples.workflow(APP, RELEASE, COMMIT, branch);
        certified.put(CertificateExtension.BUILD_SIGNER, branch);
        attest();
        assertRefused("provenance", "built by '" + branch + "', which is not one of the allowed builders");
    }

    /** The machine of somebody who can change what runs on it. */
    @Test
    void rejectsCertificateOfAnotherKindOfRunner() throws Exception {
        certified.put(CertificateExtension.RUNNER_ENVIRONMENT, "self-hosted");
        attest();
        assertRefused("provenance", "no provenance about", "which no trusted identity matches");
    }

    @Test
    void rejectsCertificateThatDoesNotSayOnWhichRunner() throws Exception {
        certified.remove(CertificateExtension.RUNNER_ENVIRONMENT);
        attest();
        assertRefused("provenance", "no provenance about", "which no trusted identity matches");
    }

    @Test
    void rejectsCertificateWithAnExtensionThatCannotBeRead() throws Exception {
        sigstore.extensions.put(CertificateExtension.BUILD_TRIGGER.identifier(), new ASN1Integer(1).getEncoded());
        certified.remove(CertificateExtension.BUILD_TRIGGER);
        attest();
        assertRefused("provenance", "certificate: its extension buildTrigger cannot be read");
    }

    @Test
    void rejectsCertificateWithControlCharactersOrAVeryLongText() throws Exception {
        for (String hostile : List.of("push\nhonest", "x".repeat(CertificateExtension.MAX_LENGTH + 1))) {
            sigstore.extensions.put(
                    CertificateExtension.BUILD_TRIGGER.identifier(), new DERUTF8String(hostile).getEncoded());
            certified.remove(CertificateExtension.BUILD_TRIGGER);
            attest();
            assertRefused(
                    "provenance",
                    "its extension buildTrigger has more than the allowed 1024 characters, or control characters");
        }
    }

    /** A wildcard that covers hosts would trust whoever owns one. */
    @Test
    void refusesPolicyWithAWildcardInTheHostOfABuilder() throws Exception {
        changePolicy("builders: [\"https://github.com/acme/ci/", "builders: [\"https://*.com/acme/ci/");
        assertInvalid("a wildcard is allowed only after the host of a URL");
    }
}
