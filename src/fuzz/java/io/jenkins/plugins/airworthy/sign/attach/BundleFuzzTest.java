package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.FuzzSeeds;
import io.jenkins.plugins.airworthy.sign.MemoryStore;
import io.jenkins.plugins.airworthy.sign.bundle.Artefact;
import io.jenkins.plugins.airworthy.sign.bundle.ArtefactVerifier;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;
import io.jenkins.plugins.airworthy.sign.bundle.DsseEnvelope;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;

/** Whatever is done to something signed: it is refused, or what is believed is word for word what was signed, by the same signer. */
public final class BundleFuzzTest {
    private static final Statement SIGNED = Forge.statement(IMAGE);
    private static final IdentityPattern IDENTITY = new IdentityPattern(MintedSigstore.ISSUER, MintedSigstore.SUBJECT);
    private static final Signer SIGNER = new Signer.Identity(MintedSigstore.ISSUER, MintedSigstore.SUBJECT);
    private static final Digest MANIFEST = Digest.of(new byte[] {1});
    private static final String[] WORDS = {
        "mediaType",
        "verificationMaterial",
        "dsseEnvelope",
        "messageSignature",
        "publicKey",
        "certificate",
        "x509CertificateChain",
        "tlogEntries",
        "timestampVerificationData",
        "payload",
        "payloadType",
        "signatures",
        "sig",
        "keyid",
        "hint",
        "application/vnd.in-toto+json",
        Bundle.TYPE,
        "application/vnd.dev.sigstore.bundle+json;version=0.1",
        "inclusionProof",
        "inclusionPromise",
        "integratedTime",
        "logIndex",
        "canonicalizedBody",
        "AAAA",
        "rawBytes"
    };

    @TestFactory
    Stream<DynamicTest> nothingChangedIsBelieved() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        List<byte[]> keyed = FuzzSeeds.KINDS.stream()
                .map(kind -> FuzzSeeds.read("bundle-" + kind + ".json"))
                .toList();
        return List.of(
                bundle("keyed-bundle", Target.Pace.SLOW, BundleFuzzTest::judgeKeyed)
                        .others(List.of(
                                FuzzSeeds.read("stranger-bundle.json"), FuzzSeeds.read("stranger-keyless.json")))
                        .seeds(keyed),
                bundle("keyless-bundle", Target.Pace.CRAWLING, BundleFuzzTest::judgeKeyless)
                        .others(List.of(
                                FuzzSeeds.read("stranger-bundle.json"), FuzzSeeds.read("stranger-keyless.json")))
                        .seeds(List.of(FuzzSeeds.read("keyless-v0.3.json"))),
                bundle("older-bundle", Target.Pace.CRAWLING, BundleFuzzTest::verifyOlder)
                        .seeds(List.of(
                                FuzzSeeds.read("keyless-v0.1.json"),
                                FuzzSeeds.read("keyless-v0.2.json"),
                                FuzzSeeds.read("keyless-v0.3.json"))),
                bundle("message-bundle", Target.Pace.CRAWLING, BundleFuzzTest::verifyMessage)
                        .seeds(List.of(FuzzSeeds.read("message.json"))),
                Target.of("dsse-envelope", Form.JSON, BundleFuzzTest::readEnvelope)
                        .at(Target.Pace.SLOW)
                        .seeds(List.of(StrictJson.write(Forge.envelope(json(keyed.get(0))))))
                        .words(WORDS),
                Target.of("evidence-manifest", Form.JSON, BundleFuzzTest::readAttached)
                        .at(Target.Pace.SLOW)
                        .names("")
                        .seeds(List.of(
                                StrictJson.write(Forge.manifest(IMAGE, Descriptor.of(Bundle.TYPE, keyed.get(0))))))
                        .words(WORDS));
    }

    private static Target bundle(String name, Target.Pace pace, Target.Parser parser) {
        return Target.of(name, Form.JSON, parser).at(pace).words(WORDS);
    }

    private static ObjectNode json(byte[] bytes) {
        try {
            return StrictJson.parseObject(bytes, "seed", Bundle.MAX_BYTES).node();
        } catch (InvalidInputException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Made when they are first needed: reading the root takes a while. */
    private static final class Trust {
        private static final List<TrustedKey> KEYS = FuzzSeeds.KINDS.stream()
                .map(kind -> new TrustedKey(kind, FuzzSeeds.key(kind).publicKey()))
                .toList();
        private static final SigstoreTrust SIGSTORE = sigstore();

        private static SigstoreTrust sigstore() {
            try {
                return new SigstoreTrust(
                        TrustedRoot.parse(FuzzSeeds.read("trusted_root.json"), "root"),
                        Clock.fixed(MintedSigstore.SIGNED.plus(Duration.ofDays(1)), ZoneOffset.UTC));
            } catch (InvalidInputException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void judgeKeyed(byte[] input) throws AirworthyException {
        EvidenceCheck judgement =
                new BundleVerifier(IMAGE.digest(), TrustedSigners.of(Trust.KEYS)).judge(MANIFEST, input, Target.SOURCE);
        VerifiedEvidence evidence = ((EvidenceCheck.Believed) judgement).evidence();
        hold(evidence.statement().equals(SIGNED), "believes another statement than was signed");
        hold(evidence.signer() instanceof Signer.Key, "believes another kind of signer");
    }

    private static void judgeKeyless(byte[] input) throws AirworthyException {
        TrustedSigners signers = new TrustedSigners(List.of(), Optional.of(Trust.SIGSTORE), List.of(IDENTITY));
        EvidenceCheck judgement = new BundleVerifier(IMAGE.digest(), signers).judge(MANIFEST, input, Target.SOURCE);
        VerifiedEvidence evidence = ((EvidenceCheck.Believed) judgement).evidence();
        hold(evidence.statement().equals(SIGNED), "believes another statement than was signed");
        hold(evidence.signer().equals(SIGNER), "believes another signer");
    }

    private static void verifyOlder(byte[] input) throws AirworthyException {
        Signer found = new ArtefactVerifier(Trust.SIGSTORE)
                .verify(input, Target.SOURCE, Artefact.of(IMAGE.digest()), IDENTITY);
        hold(found.equals(SIGNER), "believes another signer");
        DsseEnvelope envelope =
                ((Bundle.Content.Envelope) Bundle.parse(input, "x").content()).envelope();
        hold(envelope.statement("x", IMAGE.digest()).equals(SIGNED), "believes another statement than was signed");
    }

    private static void verifyMessage(byte[] input) throws AirworthyException {
        ArtefactVerifier verifier = new ArtefactVerifier(Trust.SIGSTORE);
        hold(
                verifier.verify(input, Target.SOURCE, Artefact.of(FuzzSeeds.ARTEFACT), IDENTITY)
                        .equals(SIGNER),
                "believes another signer");
        try {
            verifier.verify(input, Target.SOURCE, Artefact.of(FuzzSeeds.PAYLOAD), IDENTITY);
        } catch (InvalidInputException e) {
            return; // as it has to be
        }
        throw new AssertionError("believes the signature of another artefact");
    }

    private static void readEnvelope(byte[] input) throws InvalidInputException {
        DsseEnvelope read = DsseEnvelope.parse(StrictJson.parseObject(input, Target.SOURCE, Bundle.MAX_BYTES));
        DsseEnvelope again = DsseEnvelope.parse(new JsonObject("x", "", read.toJson()));
        hold(again.toJson().equals(read.toJson()), "another envelope when it is read again");
        boolean signed = read.isSignedBy(Trust.KEYS.get(0).key());
        hold(
                !signed || read.payloadDigest().equals(Digest.of(FuzzSeeds.PAYLOAD)),
                "a signature of another payload verifies");
    }

    /** The manifest that brings a bundle may be anybody's; only what is in the bundle, about this image, is believed. */
    private static void readAttached(byte[] input) throws AirworthyException, InterruptedException {
        MemoryStore store = new MemoryStore();
        byte[] bundle = FuzzSeeds.read("bundle-p256.json");
        store.putBlob(Descriptor.of(Bundle.TYPE, bundle), () -> new ByteArrayInputStream(bundle));
        store.putManifest(Manifest.parse(MediaTypes.OCI_MANIFEST, input));
        EvidenceFound found = EvidenceReader.read(store, IMAGE.digest(), Trust.KEYS);
        for (VerifiedEvidence evidence : found.verified()) {
            hold(evidence.statement().equals(SIGNED), "believes another statement than was signed");
            hold(evidence.manifest().equals(Digest.of(input)), "names another manifest");
        }
        EvidenceFound others = EvidenceReader.read(store, Forge.OTHER_IMAGE.digest(), Trust.KEYS);
        hold(others.verified().isEmpty(), "believes evidence about another image");
    }
}
