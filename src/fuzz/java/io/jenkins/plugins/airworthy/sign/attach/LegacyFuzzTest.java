package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.FuzzSeeds;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.bundle.SimpleSigning;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;

/** Layers at cosign's older tags: annotations are anybody's, and nothing changed is believed. */
public final class LegacyFuzzTest {
    private static final Digest MANIFEST = Digest.of(new byte[] {1});
    private static final IdentityPattern IDENTITY = new IdentityPattern(MintedSigstore.ISSUER, MintedSigstore.SUBJECT);
    private static final String[] WORDS = {
        LegacyTag.SIGNATURE,
        LegacyTag.CERTIFICATE,
        LegacyTag.LOG_ENTRY,
        LegacyTag.TIMESTAMP,
        "SignedEntryTimestamp",
        "Payload",
        "body",
        "logID",
        "integratedTime",
        "critical",
        "docker-manifest-digest",
        "optional",
        "type",
        "cosign container image signature",
        "annotations"
    };

    @TestFactory
    Stream<DynamicTest> nothingChangedIsBelieved() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                target(
                        "legacy-signature",
                        LegacyTag.SIGNATURES,
                        Target.Pace.SLOW,
                        "legacy-signature.json",
                        "legacy-keyless-signature.json"),
                target(
                        "legacy-attestation",
                        LegacyTag.ATTESTATIONS,
                        Target.Pace.SLOW,
                        "legacy-attestation.json",
                        "legacy-keyless-attestation.json"),
                Target.of("simple-signing", Form.JSON, input -> {
                            Statement read = SimpleSigning.parse(input, Target.SOURCE);
                            hold(
                                    read.predicateType().equals(PredicateTypes.COSIGN_SIGNATURE),
                                    "a signature says something else");
                        })
                        .seeds(List.of(payload()))
                        .words(WORDS));
    }

    private static Target target(String name, LegacyTag tag, Target.Pace pace, String... seeds) {
        return Target.of(name, Form.JSON, input -> judge(tag, input))
                .at(pace)
                .seeds(Stream.of(seeds).map(FuzzSeeds::read).toList())
                .others(List.of(FuzzSeeds.read("stranger-attestation.json")))
                .words(WORDS);
    }

    private static byte[] payload() {
        try {
            return StrictJson.write(LegacyForge.payload(IMAGE));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Made when they are first needed. */
    private static final class Trust {
        private static final TrustedSigners SIGNERS = signers();

        private static TrustedSigners signers() {
            try {
                TrustedRoot root = TrustedRoot.parse(FuzzSeeds.read("legacy_root.json"), "root");
                Clock clock = Clock.fixed(MintedSigstore.SIGNED.plus(Duration.ofDays(1)), ZoneOffset.UTC);
                return new TrustedSigners(
                        List.of(new TrustedKey("p256", FuzzSeeds.key("p256").publicKey())),
                        Optional.of(new SigstoreTrust(root, clock)),
                        List.of(IDENTITY));
            } catch (InvalidInputException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void judge(LegacyTag tag, byte[] input) throws AirworthyException {
        JsonObject json = StrictJson.parseObject(input, Target.SOURCE, Bundle.MAX_BYTES);
        LegacyLayer layer = new LegacyLayer(tag, MANIFEST, Descriptor.parse(json.object("layer")), Target.SOURCE);
        layer.check();
        byte[] blob = StrictBase64.member(json, "blob");
        LegacyVerifier verifier =
                new LegacyVerifier(IMAGE.digest(), new BelievedSigners(IMAGE.digest(), Trust.SIGNERS), false);
        VerifiedEvidence evidence = ((EvidenceCheck.Believed) verifier.judge(layer, blob)).evidence();
        Statement signed = tag == LegacyTag.SIGNATURES ? SimpleSigning.parse(payload(), "x") : Forge.statement(IMAGE);
        hold(evidence.statement().equals(signed), "believes another statement than was signed");
        hold(
                evidence.signer() instanceof Signer.Key
                        || evidence.signer().equals(new Signer.Identity(MintedSigstore.ISSUER, MintedSigstore.SUBJECT)),
                "believes another signer");
    }
}
