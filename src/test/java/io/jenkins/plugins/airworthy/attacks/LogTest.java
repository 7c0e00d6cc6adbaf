package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

import static io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore.SIGNED;

/** Attack 6: a log that recorded nothing or something else, or that is not trusted. */
class LogTest extends KeylessAttack {
    @Test
    void rejectsBundleWithoutLogEntry() throws Exception {
        ObjectNode bundle = bundle();
        material(bundle).putArray("tlogEntries");
        assertDisbelieved(bundle, "log entry: is missing");
    }

    @Test
    void rejectsLogEntryWithoutInclusionProof() throws Exception {
        ObjectNode bundle = bundle();
        entry(bundle).remove("inclusionProof");
        assertDisbelieved(bundle, "log entry 0: has no inclusion proof");
    }

    /** A promise to record is not the record. */
    @Test
    void rejectsInclusionPromiseInPlaceOfAnInclusionProof() throws Exception {
        sigstore.recorded = Optional.of(SIGNED);
        ObjectNode bundle = bundle();
        entry(bundle).remove("inclusionProof");
        assertDisbelieved(bundle, "log entry 0: has no inclusion proof");
    }

    @Test
    void rejectsInclusionProofWithAPathThatTheTreeDoesNotHave() throws Exception {
        ObjectNode bundle = bundle();
        proof(bundle).putArray("hashes").add(MintedSigstore.base64(new byte[32]));
        assertDisbelieved(bundle, "its inclusion proof does not lead to the root hash");
    }

    @Test
    void rejectsInclusionProofOfAnotherRoot() throws Exception {
        ObjectNode bundle = bundle();
        proof(bundle).put("rootHash", MintedSigstore.base64(new byte[32]));
        assertDisbelieved(bundle, "its inclusion proof does not lead to the root hash");
    }

    /**
     * A proof that is older than the entry. A valid proof that was made when the log was smaller than now is not an attack: logs
     * only grow, and all bundles have such proofs.
     */
    @Test
    void rejectsInclusionProofFromBeforeTheEntry() throws Exception {
        sigstore.index = 1;
        assertDisbelieved(bundle(), "log entry 1: its inclusion proof does not lead to the root hash");
    }

    @Test
    void rejectsCheckpointWithWrongKeyHint() throws Exception {
        ObjectNode bundle = bundle();
        changeSignature(bundle, bytes -> {
            bytes[0] ^= 1;
            return bytes;
        });
        assertDisbelieved(bundle, "checkpoint: has no signature of the log log.example.com, by its name and the first");
    }

    @Test
    void rejectsCheckpointWithBadSignature() throws Exception {
        ObjectNode bundle = bundle();
        changeSignature(bundle, bytes -> {
            bytes[bytes.length - 1] ^= 1;
            return bytes;
        });
        assertDisbelieved(bundle, "checkpoint: the signature of the log log.example.com does not verify");
    }

    @Test
    void rejectsCheckpointWithoutSignature() throws Exception {
        ObjectNode bundle = bundle();
        String note = note(bundle);
        checkpoint(bundle).put("envelope", note.substring(0, note.indexOf("\n\n") + 2));
        assertDisbelieved(bundle, "checkpoint: has no signature");
    }

    @Test
    void rejectsCheckpointWithAnotherRootHash() throws Exception {
        sigstore.wrongRoot = true;
        assertDisbelieved(bundle(), "checkpoint: names a different size or root hash than the inclusion proof");
    }

    @Test
    void rejectsCheckpointWithAnotherSize() throws Exception {
        sigstore.size = 2;
        assertDisbelieved(bundle(), "checkpoint: names a different size or root hash than the inclusion proof");
    }

    /** Another log's name, and one that only begins like the trusted one's. */
    @ParameterizedTest
    @ValueSource(strings = {"log.example.org", "log.example.com.evil.example"})
    void rejectsCheckpointWithAnotherOrigin(String origin) throws Exception {
        sigstore.origin = origin;
        assertDisbelieved(bundle(), "checkpoint: its origin is '" + origin + "' but the log is log.example.com");
    }

    @Test
    void rejectsSignedEntryTimestampOfAnotherEntry() throws Exception {
        sigstore.recorded = Optional.of(SIGNED);
        ObjectNode bundle = bundle();
        entry(bundle).set("inclusionPromise", entry(bundle()).get("inclusionPromise"));
        assertDisbelieved(bundle, "log entry 0: its signed entry timestamp does not verify with the log's key");
    }

    @Test
    void rejectsIntegratedTimeThatTheLogDidNotSign() throws Exception {
        sigstore.recorded = Optional.of(SIGNED);
        ObjectNode bundle = bundle();
        entry(bundle).put("integratedTime", Long.toString(SIGNED.getEpochSecond() - 1));
        assertDisbelieved(bundle, "log entry 0: its signed entry timestamp does not verify with the log's key");
    }

    @Test
    void promotesImageWithSignedEntryTimestampOfTheRightEntry() throws Exception {
        sigstore.recorded = Optional.of(SIGNED);
        assertBelieved(bundle());
    }

    @Test
    void rejectsLogEntryOfAnotherArtefact() throws Exception {
        ObjectNode bundle = bundle();
        ObjectNode other = sigstore.bundle(signature(running).toBytes());
        material(bundle).set("tlogEntries", material(other).get("tlogEntries"));
        assertDisbelieved(bundle, "log entry 0: the log recorded another artefact than the bundle has");
    }

    /** The same statement, signed once more: the log saw the other signature. */
    @Test
    void rejectsLogEntryOfAnotherSignature() throws Exception {
        ObjectNode bundle = bundle();
        material(bundle).set("tlogEntries", material(bundle()).get("tlogEntries"));
        assertDisbelieved(bundle, "log entry 0: the log recorded another signature than the bundle has");
    }

    @Test
    void rejectsLogEntryOfAnotherSigner() throws Exception {
        ObjectNode bundle = bundle();
        sigstore.certified = SIGNED;
        ObjectNode other = (ObjectNode) bundle().get("verificationMaterial");
        material(bundle).set("certificate", other.get("certificate"));
        assertDisbelieved(bundle, "log entry 0: the log recorded another signer than the bundle has");
    }

    @Test
    void rejectsLogEntryOfLogThatIsNotTrusted() throws Exception {
        ObjectNode bundle = bundle();
        ((ObjectNode) entry(bundle).get("logId")).put("keyId", MintedSigstore.base64(new byte[32]));
        assertDisbelieved(bundle, "log entry 0: its log 0000", "is not one that the trusted root names");
    }

    private static ObjectNode proof(ObjectNode bundle) {
        return (ObjectNode) entry(bundle).get("inclusionProof");
    }

    private static ObjectNode checkpoint(ObjectNode bundle) {
        return (ObjectNode) proof(bundle).get("checkpoint");
    }

    private static String note(ObjectNode bundle) {
        return checkpoint(bundle).get("envelope").textValue();
    }

    /** The bytes of a note's signature are the key's hint and then the signature. */
    private static void changeSignature(ObjectNode bundle, UnaryOperator<byte[]> change) {
        String note = note(bundle).strip();
        int last = note.lastIndexOf(' ') + 1;
        byte[] changed = change.apply(Base64.getDecoder().decode(note.substring(last)));
        checkpoint(bundle).put("envelope", note.substring(0, last) + MintedSigstore.base64(changed) + "\n");
    }
}
