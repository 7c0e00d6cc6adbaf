package io.jenkins.plugins.airworthy.sign.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Makes good evidence, and every kind of bad evidence that an attacker could make. */
public final class Forge {
    public static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    public static final Descriptor IMAGE = Descriptor.of(MediaTypes.OCI_MANIFEST, bytes("an image"));
    public static final Descriptor OTHER_IMAGE = Descriptor.of(MediaTypes.OCI_MANIFEST, bytes("another image"));

    private Forge() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    public static Statement statement(Descriptor image) {
        return statement(image, "grüße");
    }

    public static Statement statement(Descriptor image, String note) {
        return new Statement(
                new Subject(Optional.of("registry.example.com/team/äpp"), image.digest()),
                Optional.of(new Observation(Observer.CONTROLLER, NOW)),
                PredicateTypes.PROVENANCE,
                StrictJson.object().put("note", note));
    }

    /** A bundle as our writer makes it, around any payload. */
    public static ObjectNode bundle(byte[] payload, SigningKey key) throws AirworthyException, InterruptedException {
        byte[] signature = key.sign(DsseEnvelope.signedBytes(payload));
        byte[] written = Bundle.write(new DsseEnvelope(payload, signature), key.publicKey());
        return StrictJson.parseObject(written, "bundle", Bundle.MAX_BYTES).node();
    }

    /** The bytes that a signature over the payload is made of. */
    public static byte[] signedBytes(byte[] payload) {
        return DsseEnvelope.signedBytes(payload);
    }

    /** A bundle with a signature from elsewhere. */
    public static byte[] bundle(byte[] payload, byte[] signature, VerificationKey key) {
        return Bundle.write(new DsseEnvelope(payload, signature), key);
    }

    /** What a signer without a key gives out, but that no instance made it: there is no certificate in it. */
    public static SignedStatement certified(Statement statement, SoftwareKey key) throws AirworthyException {
        Payload payload = Payload.of(statement);
        byte[] signature = key.sign(DsseEnvelope.signedBytes(payload.bytes()));
        byte[] bundle = Bundle.write(new DsseEnvelope(payload.bytes(), signature), key.publicKey());
        Signer.Identity identity =
                new Signer.Identity("https://jenkins.example.com/oidc", "https://jenkins.example.com/");
        return SignedStatement.by(identity, key.publicKey(), payload, signature, bundle);
    }

    public static ObjectNode envelope(ObjectNode bundle) {
        return (ObjectNode) bundle.get("dsseEnvelope");
    }

    public static ObjectNode material(ObjectNode bundle) {
        return (ObjectNode) bundle.get("verificationMaterial");
    }

    public static ObjectNode signature(ObjectNode bundle) {
        return (ObjectNode) envelope(bundle).get("signatures").get(0);
    }

    /** Attaches any bytes to an image, the way evidence is attached. */
    public static Digest attach(ImageStore store, Descriptor subject, byte[] bundle)
            throws AirworthyException, InterruptedException {
        return put(store, manifest(subject, put(store, bundle)));
    }

    /** Any bytes as the content of a bundle. */
    public static Descriptor put(ImageStore store, byte[] bundle) throws AirworthyException, InterruptedException {
        Descriptor layer = Descriptor.of(Bundle.TYPE, bundle);
        store.putBlob(layer, () -> new ByteArrayInputStream(bundle));
        return layer;
    }

    public static Digest put(ImageStore store, ObjectNode manifest) throws AirworthyException, InterruptedException {
        Manifest parsed = Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(manifest));
        store.putManifest(parsed);
        return parsed.digest();
    }

    public static ObjectNode manifest(Descriptor subject, Descriptor layer) {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST).put("artifactType", Bundle.TYPE);
        json.set("config", Descriptor.of(MediaTypes.OCI_EMPTY, bytes("{}")).toJson());
        json.putArray("layers").add(layer.toJson());
        json.set("subject", subject.toJson());
        return json;
    }
}
