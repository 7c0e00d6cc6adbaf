package io.jenkins.plugins.airworthy.policy.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.SignatureProof;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lines that believe keys, once more from the beginning: the statements are signed and attached to an image, and the gate finds,
 * verifies and judges them, with all lines about the same statements in one policy.
 */
class SignedForeignRulesTest {
    private static final Map<String, SigningKey> KEYS = Map.of(
            "release", SoftwareKey.generate(), "security", SoftwareKey.generate(), "kms", SoftwareKey.generate());

    private static final MintedSigstore SIGSTORE = new MintedSigstore();

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("lines")
    void passesTheHonestImageAndRefusesTheChangedOne(List<String> statements, List<ForeignRule> rules)
            throws Exception {
        Verdict honest = judge("honest", Optional.empty(), statements, rules);
        assertThat(honest.items())
                .as(statements + "")
                .extracting(Verdict.Item::status)
                .doesNotContain(Status.FAILED);
        assertThat(honest.passed()).isTrue();
        ForeignRule refused = rules.get(rules.size() - 1);
        Verdict changed = judge("changed", refused.change(), statements, rules);
        assertThat(changed.passed()).as(refused.toString()).isFalse();
    }

    private Verdict judge(String name, Optional<String> change, List<String> statements, List<ForeignRule> rules)
            throws Exception {
        ImageReference reference =
                ImageReference.parse("oci:" + folder.resolve(name).resolve("shop/cart") + ":1.0");
        LayoutStore store = LayoutStore.open((LayoutReference) reference);
        SampleImage image = SampleImage.of(change);
        Clock clock = Clock.fixed(image.now(), ZoneOffset.UTC);
        Manifest manifest = image.storeIn(store);
        for (VerifiedEvidence evidence : image.evidence(statements)) {
            SigningKey key =
                    KEYS.get(((Signer.Key) evidence.signer()).names().iterator().next());
            if (evidence.proof().equals(SignatureProof.NONE)) {
                EvidenceWriter.attach(store, manifest.descriptor(), evidence.statement(), new KeySigner(key), clock);
            } else {
                Forge.attach(store, manifest.descriptor(), StrictJson.write(proven(evidence, key)));
            }
        }
        store.tag("1.0", manifest);
        List<TrustedKey> keys = KEYS.entrySet().stream()
                .map(key -> new TrustedKey(key.getKey(), key.getValue().publicKey()))
                .toList();
        SigstoreTrust trust = new SigstoreTrust(
                TrustedRoot.parse(StrictJson.write(SIGSTORE.trustedRoot()), "trusted_root.json"), clock);
        Policy policy = Policy.parse(policy(folder.resolve(name), rules).getBytes(UTF_8), "policy.yaml");
        return new Gate(place -> LayoutStore.open((LayoutReference) place), clock)
                .verify(
                        new VerifyRequest(reference, Optional.empty(), policy, keys, Optional.of(trust)),
                        Progress.SILENT)
                .verdict();
    }

    private static ObjectNode proven(VerifiedEvidence evidence, SigningKey key) throws Exception {
        ObjectNode bundle = Forge.bundle(evidence.statement().toBytes(), key);
        if (evidence.proof().logged()) {
            bundle = SIGSTORE.logged(bundle, key.publicKey().platformKey());
        }
        return evidence.proof().timestamped() ? SIGSTORE.timed(bundle) : bundle;
    }

    private static String policy(Path folder, List<ForeignRule> rules) {
        StringBuilder checklist = new StringBuilder();
        for (int i = 0; i < rules.size(); i++) {
            String line = rules.get(i).line();
            // The same names are used in different lines, and once only in a policy.
            checklist.append(line.replaceFirst("(\\bid: )", "$1n" + i + "-").indent(4));
        }
        return """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  trust: {keys: [release], observed: imported}
                  images: [{from: "oci:%s/{app**}"}]
                  without: [%s]
                  checklist:
                %s
                """.formatted(
                        folder,
                        List.of("signature", "vulnerabilities").stream()
                                .filter(rule -> !checklist.toString().contains("- " + rule + ":"))
                                .map(rule -> "{rule: " + rule + ", reason: not under test}")
                                .collect(Collectors.joining(", ")),
                        checklist.toString().stripTrailing());
    }

    /** Lines about the image alone, about names, and those that trust an identity are left to the other test. */
    static List<Object[]> lines() throws Exception {
        Map<List<String>, List<ForeignRule>> byEvidence = new LinkedHashMap<>();
        for (ForeignRule rule : ForeignRulesTest.all()) {
            if (rule.checklist().isPresent()
                    && !rule.evidence().isEmpty()
                    && !rule.line().contains("identities")) {
                byEvidence.merge(rule.evidence(), List.of(rule), SignedForeignRulesTest::joined);
            }
        }
        return byEvidence.entrySet().stream()
                .map(entry -> new Object[] {
                    entry.getKey(),
                    entry.getValue().stream()
                            .sorted(Comparator.comparing(rule -> !rule.line().contains("mode: warn")))
                            .toList()
                })
                .toList();
    }

    private static List<ForeignRule> joined(List<ForeignRule> some, List<ForeignRule> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }
}
