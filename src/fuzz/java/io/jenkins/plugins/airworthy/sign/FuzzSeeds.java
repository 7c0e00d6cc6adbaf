package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.sign.attach.LegacyForge;
import io.jenkins.plugins.airworthy.sign.attach.MintedLegacy;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.bundle.SimpleSigning;
import io.jenkins.plugins.airworthy.sign.key.CosignKeyBox;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.KeyPassword;
import io.jenkins.plugins.airworthy.sign.key.Pem;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;

import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;

/**
 * Signed things that damage is done to. They were made once, by {@link #main}, and are kept in files: with new keys for each
 * run the input with a certain number would be another one each time.
 */
public final class FuzzSeeds {
    public static final byte[] PAYLOAD = Forge.statement(IMAGE).toBytes();
    public static final byte[] ARTEFACT = "an artefact\n".getBytes(StandardCharsets.UTF_8);
    public static final String PASSWORD = "fuzz";
    public static final List<String> KINDS = List.of("p256", "p384", "p521", "rsa");

    private static final Path FOLDER = Path.of("src", "fuzz", "corpus", "seeds");

    private FuzzSeeds() {}

    public static byte[] read(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SoftwareKey key(String kind) {
        try {
            return KeyFiles.parsePrivate(read("key-" + kind + ".pem"), kind, what -> new char[0]);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(FOLDER);
        for (String kind : KINDS) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.equals("rsa") ? "RSA" : "EC");
            if (kind.equals("rsa")) {
                generator.initialize(2_048);
            } else {
                generator.initialize(new ECGenParameterSpec("secp" + kind.substring(1) + "r1"));
            }
            SoftwareKey key = SoftwareKey.of(generator.generateKeyPair(), kind);
            write(
                    "key-" + kind + ".pem",
                    Pem.write("PRIVATE KEY", key.encoded()).getBytes(StandardCharsets.US_ASCII));
            write("key-" + kind + ".pub", key.publicKey().pem().getBytes(StandardCharsets.US_ASCII));
            write("bundle-" + kind + ".json", StrictJson.write(Forge.bundle(PAYLOAD, key)));
        }
        write("signature-p256.der", key("p256").sign(ARTEFACT));
        char[] password = PASSWORD.toCharArray();
        try (KeyPassword opened = KeyPassword.ask(what -> password, "box")) {
            byte[] box = CosignKeyBox.seal(key("p256").encoded(), opened, "box");
            write("cosign.key", Pem.write(CosignKeyBox.LABEL, box).getBytes(StandardCharsets.US_ASCII));
        }
        mintLegacy();
        byte[] lie = Forge.statement(IMAGE, "a lie").toBytes();
        write("stranger-bundle.json", StrictJson.write(Forge.bundle(lie, SoftwareKey.generate())));
        write("stranger-keyless.json", StrictJson.write(new MintedSigstore().bundle(lie)));
        MintedSigstore sigstore = new MintedSigstore();
        write("trusted_root.json", StrictJson.write(sigstore.trustedRoot()));
        ObjectNode bundle = sigstore.bundle(PAYLOAD);
        write("keyless-v0.3.json", StrictJson.write(bundle));
        write("keyless-v0.2.json", StrictJson.write(older(bundle, 2)));
        ObjectNode first = older(bundle, 1);
        promise(sigstore, (ObjectNode) first.at("/verificationMaterial/tlogEntries/0"));
        write("keyless-v0.1.json", StrictJson.write(first));
        write("message.json", StrictJson.write(sigstore.messageBundle(ARTEFACT)));
    }

    /** Layers at cosign's older tags, each with its blob. */
    private static void mintLegacy() throws Exception {
        MintedSigstore sigstore = new MintedSigstore();
        write("legacy_root.json", StrictJson.write(sigstore.trustedRoot()));
        MintedLegacy minted = new MintedLegacy(sigstore);
        MemoryStore store = new MemoryStore();
        byte[] payload = StrictJson.write(LegacyForge.payload(IMAGE));
        layer("legacy-signature.json", store, LegacyForge.signed(store, payload, key("p256")));
        SoftwareKey stranger = SoftwareKey.generate();
        byte[] lie = Forge.statement(IMAGE, "a lie").toBytes();
        layer("stranger-attestation.json", store, LegacyForge.attested(store, lie, stranger));
        layer("legacy-attestation.json", store, LegacyForge.attested(store, PAYLOAD, key("p256")));
        layer("legacy-keyless-signature.json", store, minted.signatureLayer(store, payload));
        minted.kind = "intoto 0.0.2";
        minted.timed = true;
        layer("legacy-keyless-attestation.json", store, minted.attestationLayer(store, PAYLOAD, false));
    }

    private static void layer(String name, MemoryStore store, ObjectNode descriptor) throws Exception {
        ObjectNode json = StrictJson.object();
        json.set("layer", descriptor);
        Descriptor blob = Descriptor.parse(new JsonObject(name, "", descriptor));
        json.put("blob", Forge.base64(store.readBlob(blob, SimpleSigning.MAX_BYTES)));
        write(name, StrictJson.write(json));
    }

    private static ObjectNode older(ObjectNode bundle, int version) {
        ObjectNode old = bundle.deepCopy();
        old.put("mediaType", "application/vnd.dev.sigstore.bundle+json;version=0." + version);
        ObjectNode material = Forge.material(old);
        ArrayNode chain = material.putObject("x509CertificateChain").putArray("certificates");
        chain.add(material.remove("certificate"));
        return old;
    }

    /** What a log of version 1 signs at once, beside or instead of the proof that comes later. */
    private static void promise(MintedSigstore sigstore, ObjectNode entry) throws GeneralSecurityException {
        long seconds = MintedSigstore.SIGNED.getEpochSecond();
        entry.put("integratedTime", Long.toString(seconds));
        ObjectNode canonical = StrictJson.object();
        canonical.put("body", entry.get("canonicalizedBody").textValue());
        canonical.put("integratedTime", seconds);
        byte[] id = Base64.getDecoder().decode(entry.at("/logId/keyId").textValue());
        canonical.put("logID", java.util.HexFormat.of().formatHex(id));
        canonical.put("logIndex", Long.parseLong(entry.get("logIndex").textValue()));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(sigstore.log.getPrivate());
        signature.update(StrictJson.write(canonical));
        entry.putObject("inclusionPromise").put("signedEntryTimestamp", MintedSigstore.base64(signature.sign()));
    }

    private static void write(String name, byte[] bytes) throws IOException {
        if (!Files.exists(FOLDER.resolve(name))) { // what is there is what inputs were made of
            Files.write(FOLDER.resolve(name), bytes);
        }
    }
}
