package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An image all of whose evidence keys signed, and of each signature is proven that a log recorded it and when it was made. */
abstract class ProvenAttack extends Attack {
    final MintedSigstore sigstore = new MintedSigstore();
    Consumer<ObjectNode> trustedRoot = root -> {};

    @BeforeEach
    void askForProof() throws Exception {
        changePolicy("observed: build-agent", "observed: build-agent, log: required, timestamp: required");
        stageWithout(Piece.values());
        trustTheInstance();
    }

    @Override
    @Test
    void promotesAnHonestImage() throws Exception {
        attestAllBut("");
        assertPromoted();
    }

    void trustTheInstance() throws Exception {
        ObjectNode root = sigstore.trustedRoot();
        trustedRoot.accept(root);
        certificates =
                Optional.of(new SigstoreTrust(TrustedRoot.parse(StrictJson.write(root), "trusted_root.json"), clock));
    }

    /** Attaches the honest evidence, with proof, but that of one type. */
    void attestAllBut(String type) throws Exception {
        Instant before = NOW.minusSeconds(7_200);
        for (Statement each : List.of(
                signature(image),
                provenance(image),
                tests(image, TestResult.Outcome.PASSED, before),
                Scan.of(image).observedAt(before).statement())) {
            if (!each.predicateType().equals(type)) {
                attach(each, proven(each), NOW.minusSeconds(7_000));
            }
        }
    }

    ObjectNode bare(Statement statement) throws Exception {
        return Forge.bundle(statement.toBytes(), release);
    }

    ObjectNode proven(Statement statement) throws Exception {
        return sigstore.timed(logged(bare(statement), release));
    }

    ObjectNode logged(ObjectNode bundle, SigningKey key) throws Exception {
        return sigstore.logged(bundle, key.publicKey().platformKey());
    }

    static ObjectNode stripped(ObjectNode proven) {
        ObjectNode copy = proven.deepCopy();
        Forge.material(copy).remove("tlogEntries");
        Forge.material(copy).remove("timestampVerificationData");
        return copy;
    }

    static ArrayNode entries(ObjectNode bundle) {
        return (ArrayNode) Forge.material(bundle).get("tlogEntries");
    }

    /** Attaches a bundle as an honest writer does, or one who wants to be read first. */
    Digest attach(Statement statement, ObjectNode bundle, Instant at) throws Exception {
        ObjectNode manifest = Forge.manifest(image.descriptor(), Forge.put(staging, StrictJson.write(bundle)));
        manifest.putObject("annotations")
                .put("org.opencontainers.image.created", at.toString())
                .put("dev.sigstore.bundle.content", "dsse-envelope")
                .put("dev.sigstore.bundle.predicateType", statement.predicateType());
        return Forge.put(staging, manifest);
    }

    /** Attaches copies of a bundle that claim to be newer, until one is before the honest manifest in the order of digests. */
    void attachCopies(Statement statement, ObjectNode bundle, Digest honest) throws Exception {
        boolean before = false;
        for (int i = 0; i < 5 || !before; i++) {
            ObjectNode copy = bundle.deepCopy();
            Forge.signature(copy).put("keyid", "number " + i);
            Digest attached = attach(statement, copy, NOW.plusSeconds(i));
            before |= attached.hex().compareTo(honest.hex()) < 0;
        }
    }
}
