package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand pieces of junk attached to an image: each run keeps its verdict, which must not grow with what
 * strangers attach.
 */
class VerdictSizeTest extends Attack {
    private static final int JUNK = 1_000;

    @Test
    void keepsTheVerdictSmallBesideAThousandRejectedReferrers() throws Exception {
        List<Descriptor> junk = new ArrayList<>();
        for (int i = 0; i < JUNK; i++) {
            byte[] bundle = Forge.bytes("{\"mediaType\":\"" + "x".repeat(4_500) + i + "\"}");
            Descriptor layer = Descriptor.of("application/vnd.dev.sigstore.bundle.v0.3+json", bundle);
            write(layer.digest(), bundle);
            byte[] manifest = StrictJson.write(Forge.manifest(image.descriptor(), layer));
            junk.add(Manifest.parse(MediaTypes.OCI_MANIFEST, manifest).descriptor());
            write(Digest.of(manifest), manifest);
        }
        stores = reference -> new PassingStore(open(reference)) {
            @Override
            public List<Descriptor> referrers(Digest subject) throws AirworthyException, InterruptedException {
                List<Descriptor> all = new ArrayList<>(super.referrers(subject));
                all.addAll(subject.equals(image.digest()) ? junk : List.of());
                return all;
            }
        };

        Judged judged = gate().verify(new VerifyRequest(candidate, Optional.empty(), policy(), keys), Progress.SILENT);

        assertThat(judged.verdict().passed()).isTrue();
        assertThat(judged.rejections()).isEqualTo(JUNK);
        assertThat(judged.rejected()).hasSize(Judged.MAX_REJECTED);
        assertThat(judged.toJson().get("rejections").intValue()).isEqualTo(JUNK);
        assertThat(StrictJson.write(judged.toJson())).hasSizeLessThan(32 * 1024);
    }

    private void write(Digest digest, byte[] content) throws Exception {
        Path file = blob(digest);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
