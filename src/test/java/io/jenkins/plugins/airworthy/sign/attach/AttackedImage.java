package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.MemoryStore;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;

import java.io.ByteArrayInputStream;
import java.util.List;

import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

/** An image in a repository that an attacker may push to, and a reader who trusts one key. */
public abstract class AttackedImage {
    static final SoftwareKey KEY = SoftwareKey.generate();
    static final SoftwareKey STRANGER = SoftwareKey.generate();
    public static final byte[] PAYLOAD = Forge.statement(IMAGE).toBytes();

    public final MemoryStore store = new MemoryStore();

    EvidenceFound read() throws Exception {
        return EvidenceReader.read(store, IMAGE.digest(), List.of(new TrustedKey("release", KEY.publicKey())));
    }

    /** A manifest around a bundle that is there, to be spoilt. */
    ObjectNode manifestAround(byte[] bundle) throws Exception {
        Descriptor layer = Descriptor.of(Bundle.TYPE, bundle);
        store.putBlob(layer, () -> new ByteArrayInputStream(bundle));
        return Forge.manifest(IMAGE, layer);
    }

    void assertPayloadRejected(String payload, String... reasons) throws Exception {
        assertRejected(StrictJson.write(Forge.bundle(Forge.bytes(payload), KEY)), reasons);
    }

    void assertRejected(byte[] bundle, String... reasons) throws Exception {
        assertRejected(Forge.attach(store, IMAGE, bundle), reasons);
    }

    void assertRejected(Digest manifest, String... reasons) throws Exception {
        EvidenceFound found = read();
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected()).extracting(RejectedEvidence::manifest).containsExactly(manifest);
        String reason = found.rejected().get(0).reason();
        assertThat(reason).contains(manifest.toString());
        for (String part : reasons) {
            assertThat(reason).contains(part);
        }
    }
}
