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
 * A <a href="https://github.com/secure-systems-lab/dsse/blob/v1.0.2/envelope.md">DSSE envelope</a> (version 1.0.2) around an in-toto
 * statement, with exactly one signature. Refuses any other payload type or number of signatures: with several it would be unclear
 * whose signature counts, and a promotion would copy an untrusted one. A key id is ignored, since it is not signed.
 */
public final class DsseEnvelope {
    private static final String VERSION = "DSSEv1";
    public static final int MAX_SIGNATURE_BYTES = 1_024; // twice that of RSA 4096

    private final byte[] payload;
    private final byte[] signature;
    private final Digest payloadDigest;

    public DsseEnvelope(byte[] payload, byte[] signature) {
        this.payload = payload;
        this.signature = signature;
        this.payloadDigest = Digest.of(payload);
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

    /** Returns the signed bytes: the pre-authentication encoding. */
    public static byte[] signedBytes(byte[] payload) {
        byte[] head = head(payload);
        byte[] all = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }

    /** Returns the pre-authentication encoding up to the payload. Lengths are in bytes. */
    private static byte[] head(byte[] payload) {
        return (VERSION + " " + Statement.PAYLOAD_TYPE.length() + " " + Statement.PAYLOAD_TYPE + " " + payload.length
                        + " ")
                .getBytes(StandardCharsets.US_ASCII);
    }

    public boolean isSignedBy(VerificationKey key) {
        return key.verifyParts(signature, head(payload), payload);
    }

    /** Returns the signature with the signed content. */
    public SignedBytes signed() {
        return new SignedBytes(SignedContent.envelope(head(payload), payload, signature), this::isSignedBy);
    }

    /** Returns the signature of an envelope that was read from these bytes, with the signed content. */
    public SignedBytes signedIn(byte[] stored) {
        SignedBytes signed = signed();
        return new SignedBytes(signed.content().storedAs(stored), signed.check());
    }

    /** The digest that identifies the signed bytes in a record of signatures. */
    public Digest payloadDigest() {
        return payloadDigest;
    }

    /** Returns the payload as it was read. It says nothing before its signature is verified. */
    byte[] payload() {
        return payload.clone();
    }

    public int payloadSize() {
        return payload.length;
    }

    /** Parses the payload for one of its subjects. Call this only after verifying the signature. */
    public Statement statement(String what, Digest about) throws InvalidInputException {
        return Statement.parse(payload, what, about);
    }
}
