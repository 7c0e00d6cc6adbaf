package io.jenkins.plugins.airworthy.sign.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.sign.sigstore.SignedContent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * A DSSE envelope (version 1.0.2) around an in-toto statement, with its one signature. Refuses any other payload type,
 * and any number of signatures but one: with several, someone would have to decide whose counts, and a stranger's
 * beside ours would ride along. A key id is skipped, since it is not signed.
 */
public final class DsseEnvelope {
    private static final String VERSION = "DSSEv1";
    public static final int MAX_SIGNATURE_BYTES = 1_024; // twice that of RSA 4096

    private final byte[] payload;
    private final byte[] signature;

    public DsseEnvelope(byte[] payload, byte[] signature) {
        this.payload = payload;
        this.signature = signature;
    }

    public static DsseEnvelope parse(JsonObject json) throws InvalidInputException {
        json.allowOnly(Set.of("payload", "payloadType", "signatures"));
        String type = json.string("payloadType");
        if (!type.equals(Statement.PAYLOAD_TYPE)) {
            throw json.error("payloadType", "expected " + Statement.PAYLOAD_TYPE + ", found '" + type + "'");
        }
        List<JsonObject> signatures = json.objects("signatures");
        if (signatures.size() != 1) {
            throw json.error("signatures", "expected exactly one, found " + signatures.size());
        }
        JsonObject signature = signatures.get(0);
        signature.allowOnly(Set.of("sig", "keyid"));
        byte[] bytes = StrictBase64.member(signature, "sig");
        if (bytes.length == 0 || bytes.length > MAX_SIGNATURE_BYTES) {
            throw signature.error("sig", "a signature has 1 to " + MAX_SIGNATURE_BYTES + " bytes");
        }
        return new DsseEnvelope(StrictBase64.member(json, "payload"), bytes);
    }

    public ObjectNode toJson() {
        ObjectNode json = StrictJson.object();
        json.put("payload", Base64.getEncoder().encodeToString(payload));
        json.put("payloadType", Statement.PAYLOAD_TYPE);
        json.putArray("signatures").addObject().put("sig", Base64.getEncoder().encodeToString(signature));
        return json;
    }

    /** What is signed: the pre-authentication encoding. */
    public static byte[] signedBytes(byte[] payload) {
        byte[] head = head(payload);
        byte[] all = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }

    /** The encoding up to the payload. Lengths are in bytes. */
    private static byte[] head(byte[] payload) {
        return (VERSION + " " + Statement.PAYLOAD_TYPE.length() + " " + Statement.PAYLOAD_TYPE + " " + payload.length
                        + " ")
                .getBytes(StandardCharsets.US_ASCII);
    }

    public boolean isSignedBy(VerificationKey key) {
        return key.verifyParts(signature, head(payload), payload);
    }

    /** The signature with what it is of. */
    public SignedBytes signed() {
        return new SignedBytes(SignedContent.envelope(head(payload), payload, signature), this::isSignedBy);
    }

    /** The same for an envelope that was read from these bytes. */
    public SignedBytes signedIn(byte[] stored) {
        SignedBytes signed = signed();
        return new SignedBytes(signed.content().storedAs(stored), signed.check());
    }

    /** By which a record of signatures names what was signed. */
    public Digest payloadDigest() {
        return Digest.of(payload);
    }

    public int payloadSize() {
        return payload.length;
    }

    /** The payload, read. To be called only once the signature has been verified. */
    public Statement statement(String what) throws InvalidInputException {
        return Statement.parse(payload, what);
    }
}
