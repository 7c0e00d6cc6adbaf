package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.function.Consumer;

/** The same with a signature made by a certificate: the policy trusts one identity, and an attack has all keys of the instance. */
abstract class KeylessAttack extends Attack {
    final MintedSigstore sigstore = new MintedSigstore();

    /** What becomes of the trusted root before the gate is given it. */
    Consumer<ObjectNode> trustedRoot = root -> {};

    @BeforeEach
    void trustAnIdentity() throws Exception {
        changePolicy(
                "threshold: 1",
                "threshold: 1, trust: {identities: [{issuer: \"" + MintedSigstore.ISSUER + "\", subject: \""
                        + MintedSigstore.SUBJECT + "\"}]}");
        stageWithout(Piece.SIGNATURE);
    }

    @Override
    @Test
    void promotesAnHonestImage() throws Exception {
        assertBelieved(bundle());
    }

    ObjectNode bundle() throws Exception {
        return sigstore.bundle(signature(image).toBytes());
    }

    static ObjectNode material(ObjectNode bundle) {
        return (ObjectNode) bundle.get("verificationMaterial");
    }

    /** The bundle's only log entry. */
    static ObjectNode entry(ObjectNode bundle) {
        return (ObjectNode) material(bundle).get("tlogEntries").get(0);
    }

    void assertBelieved(ObjectNode bundle) throws Exception {
        attach(image, bundle);
        trustTheInstance();
        assertPromoted();
    }

    void assertDisbelieved(ObjectNode bundle, String... why) throws Exception {
        trustTheInstance();
        assertNoSignature(attach(image, bundle), why);
    }

    void trustTheInstance() throws Exception {
        ObjectNode root = sigstore.trustedRoot();
        trustedRoot.accept(root);
        certificates =
                Optional.of(new SigstoreTrust(TrustedRoot.parse(StrictJson.write(root), "trusted_root.json"), clock));
    }
}
