package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.bundle.DsseEnvelope;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.key.Pem;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import static io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore.base64;

/**
 * What an instance with the first version of the log left in the annotations of a layer: the certificate, and an entry
 * that the log promised with a signed time.
 */
public final class MintedLegacy {
    final MintedSigstore sigstore;
    /** The kind of entry. */
    public String kind = "hashedrekord 0.0.1";
    /** What the entry is about, unless that is the layer. */
    byte[] recorded = new byte[0];

    public long integrated = MintedSigstore.SIGNED.getEpochSecond();
    public boolean timed;
    /** Whether the signer is a key, of which there is no certificate. */
    public boolean ofKey;

    private byte[] certificate = new byte[0];

    public MintedLegacy(MintedSigstore sigstore) {
        this.sigstore = sigstore;
    }

    /** The annotations around a payload of simple signing. */
    Map<String, String> signature(byte[] payload) throws Exception {
        certificate = signer();
        byte[] signature = MintedSigstore.sign(sigstore.signer, payload);
        byte[] about = recorded.length > 0 ? recorded : payload;
        Map<String, String> annotations = annotations(signature, body(about, about, signature, about));
        annotations.put(LegacyTag.SIGNATURE, base64(signature));
        return annotations;
    }

    public ObjectNode signatureLayer(ImageStore store, byte[] payload) throws Exception {
        return LegacyForge.layer(store, LegacyTag.SIGNATURES, payload, signature(payload));
    }

    /** A layer with an envelope around a statement. */
    public ObjectNode attestationLayer(ImageStore store, byte[] payload, boolean envelopeTimed) throws Exception {
        certificate = signer();
        byte[] signature = MintedSigstore.sign(sigstore.signer, DsseEnvelope.signedBytes(payload));
        byte[] envelope = StrictJson.write(new DsseEnvelope(payload, signature).toJson());
        byte[] about = recorded.length > 0 ? recorded : payload;
        byte[] stored = recorded.length > 0 ? recorded : envelope;
        Map<String, String> annotations = annotations(
                envelopeTimed ? envelope : signature, body(DsseEnvelope.signedBytes(about), about, signature, stored));
        annotations.put(LegacyTag.SIGNATURE, "");
        return LegacyForge.layer(store, LegacyTag.ATTESTATIONS, envelope, annotations);
    }

    private Map<String, String> annotations(byte[] toTime, byte[] body) throws Exception {
        Map<String, String> annotations = new LinkedHashMap<>();
        if (!ofKey) {
            annotations.put(LegacyTag.CERTIFICATE, Pem.write("CERTIFICATE", certificate));
        }
        annotations.put(LegacyTag.LOG_ENTRY, text(entry(body)));
        if (timed) {
            annotations.put(
                    LegacyTag.TIMESTAMP,
                    text(StrictJson.object().put("SignedRFC3161Timestamp", base64(sigstore.timestamp(toTime)))));
        }
        return annotations;
    }

    private byte[] signer() throws Exception {
        return ofKey
                ? sigstore.signer.getPublic().getEncoded()
                : sigstore.certificate().getEncoded();
    }

    static String text(ObjectNode json) {
        return new String(StrictJson.write(json), StandardCharsets.UTF_8);
    }

    private ObjectNode entry(byte[] body) throws Exception {
        ObjectNode payload = StrictJson.object();
        payload.put("body", base64(body)).put("integratedTime", integrated);
        // In this order the log signs it.
        payload.put("logID", HexFormat.of().formatHex(sigstore.logId())).put("logIndex", 42);
        ObjectNode entry = StrictJson.object();
        entry.put("SignedEntryTimestamp", base64(MintedSigstore.sign(sigstore.log, StrictJson.write(payload))));
        entry.set("Payload", payload);
        return entry;
    }

    private byte[] body(byte[] signed, byte[] payload, byte[] signature, byte[] stored) throws Exception {
        String[] parts = kind.split(" ", -1);
        String signer = base64(Forge.bytes(Pem.write(ofKey ? "PUBLIC KEY" : "CERTIFICATE", certificate)));
        ObjectNode body = StrictJson.object().put("apiVersion", parts[1]).put("kind", parts[0]);
        ObjectNode spec = body.putObject("spec");
        switch (kind) {
            case "hashedrekord 0.0.1" -> {
                hash(spec.putObject("data"), "hash", signed);
                ObjectNode made = spec.putObject("signature").put("content", base64(signature));
                made.putObject("publicKey").put("content", signer);
            }
            case "dsse 0.0.1" -> {
                hash(spec, "payloadHash", payload);
                hash(spec, "envelopeHash", stored);
                spec.putArray("signatures")
                        .addObject()
                        .put("signature", base64(signature))
                        .put("verifier", signer);
            }
            case "intoto 0.0.1" -> {
                ObjectNode content = spec.putObject("content");
                hash(content, "hash", stored);
                hash(content, "payloadHash", payload);
                spec.put("publicKey", signer);
            }
            case "intoto 0.0.2" -> {
                ObjectNode content = spec.putObject("content");
                hash(content, "payloadHash", payload);
                content.putObject("envelope")
                        .putArray("signatures")
                        .addObject()
                        .put("sig", base64(Forge.bytes(base64(signature))))
                        .put("publicKey", signer);
            }
            default -> spec.put("nothing", "known");
        }
        return StrictJson.write(body);
    }

    private static void hash(ObjectNode holder, String name, byte[] content) {
        holder.putObject(name)
                .put("algorithm", "sha256")
                .put("value", Digest.of(content).hex());
    }
}
