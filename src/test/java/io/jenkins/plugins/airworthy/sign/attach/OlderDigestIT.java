package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.sign.Cosign;
import io.jenkins.plugins.airworthy.sign.MatrixImages;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** OpenSSL signs with SHA-256 by keys on larger curves, as older tools did; the real cosign and we believe the same. */
class OlderDigestIT {
    @TempDir
    private Path folder;

    private void openssl(String arguments) throws InterruptedException {
        Tool.require("openssl").run(folder, Map.of(), arguments.split(" ")).succeeded();
    }

    private byte[] signed(byte[] message) throws Exception {
        Files.write(folder.resolve("message"), message);
        openssl("dgst -sha256 -sign key.pem -out signature message");
        return Files.readAllBytes(folder.resolve("signature"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "secp521r1"})
    void whatOpensslSignedWithSha256CosignAndWeBelieve(String curve) throws Exception {
        Cosign cosign = Cosign.in(folder);
        openssl("ecparam -name " + curve + " -genkey -noout -out key.pem");
        openssl("pkey -in key.pem -pubout -out key.pub");
        VerificationKey key = KeyFiles.readPublic(folder.resolve("key.pub"));
        try (RegistryServer registry = RegistryServer.distribution(Files.createDirectory(folder.resolve("registry")))) {
            MatrixImages images = MatrixImages.push(registry.host());
            Descriptor image = images.image().descriptor();
            String reference = images.reference(images.image());

            ObjectNode payload = LegacyForge.payload(image);
            payload.putNull("optional");
            byte[] simple = StrictJson.write(payload);
            Files.writeString(folder.resolve("signature.b64"), Forge.base64(signed(simple)));
            Files.write(folder.resolve("payload"), simple);
            cosign.run("attach", "signature", "--signature", "signature.b64", "--payload", "payload", reference)
                    .succeeded();
            cosign.run("verify", "--key", "key.pub", "--new-bundle-format=false", "--insecure-ignore-tlog", reference)
                    .succeeded();

            Statement statement = EvidenceWriter.signatureOf(
                    new Subject(Optional.of(images.repository()), image.digest()), Optional.empty());
            byte[] signature = signed(Forge.signedBytes(statement.toBytes()));
            byte[] empty = Forge.bytes("{}");
            images.store().putBlob(Descriptor.of(MediaTypes.OCI_EMPTY, empty), () -> new ByteArrayInputStream(empty));
            Forge.attach(images.store(), image, Forge.bundle(statement.toBytes(), signature, key));
            cosign.run("verify", "--key", "key.pub", "--insecure-ignore-tlog", reference)
                    .succeeded();

            EvidenceFound found =
                    EvidenceReader.read(images.store(), image.digest(), List.of(new TrustedKey("old", key)));
            assertThat(found.rejected()).isEmpty();
            assertThat(found.verified()).hasSize(2);
        }
    }
}
