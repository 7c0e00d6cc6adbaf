package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceFound;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** One key in both directions and both formats: a row of the table. Whatever does not hold ends the test. */
record MatrixRow(Cosign cosign, MatrixKey key) {
    static final List<String> HEADING = List.of(
            "key",
            "bundle: written here, cosign verifies",
            "bundle: cosign writes, verified here",
            "legacy: written here, cosign verifies",
            "legacy: cosign writes, verified here");

    /** The row, once each of its cells held on all registries. */
    List<String> cells(List<String> hosts) throws Exception {
        List<String> cells = new ArrayList<>(List.of(key.label()));
        for (EvidenceFormat format : EvidenceFormat.values()) {
            cells.add(both(hosts, host -> weWrite(host, format)));
            cells.add(both(hosts, host -> cosignWrites(host, format)));
        }
        return cells;
    }

    private static final String HELD = "sign, attest";

    private interface Cell {
        String on(String host) throws Exception;
    }

    private static String both(List<String> hosts, Cell cell) throws Exception {
        List<String> held = new ArrayList<>();
        for (String host : hosts) {
            held.add(cell.on(host));
        }
        assertThat(held).hasSize(2).containsOnly(held.get(0));
        return held.get(0);
    }

    private String weWrite(String host, EvidenceFormat format) throws Exception {
        MatrixImages images = MatrixImages.push(host);
        images.attach(key.key(), format);
        String signatures = cosign.verify(key.file() + ".pub", key.algorithm(), images.references())
                .succeeded()
                .out();
        String attestations = cosign.verifyAttestation(
                        key.file() + ".pub", key.algorithm(), "slsaprovenance1", images.references())
                .succeeded()
                .out();
        for (Manifest manifest : images.all()) {
            assertThat(signatures).contains("\"docker-manifest-digest\":\"" + manifest.digest());
        }
        assertThat(attestations.strip().lines()).hasSize(images.all().size());
        return HELD;
    }

    private String cosignWrites(String host, EvidenceFormat format) throws Exception {
        MatrixImages images = MatrixImages.push(host);
        Path predicate =
                Files.write(cosign.folder().resolve(key.file() + ".json"), StrictJson.write(MatrixImages.provenance()));
        cosign.signRecursively(
                key.file() + ".key", format, images.reference(images.image()), images.reference(images.index()));
        cosign.attest(key.file() + ".key", format, "slsaprovenance1", predicate, images.references());
        for (Manifest manifest : images.all()) {
            EvidenceFound found = images.read(manifest, key.key().publicKey());
            assertThat(found.rejected()).isEmpty();
            assertThat(found.tags()).hasSize(format == EvidenceFormat.LEGACY ? 2 : 0);
            assertThat(found.verified())
                    .extracting(VerifiedEvidence::signer)
                    .containsOnly(new Signer.Key(key.key().fingerprint(), Set.of("matrix")));
            assertThat(found.verified())
                    .extracting(VerifiedEvidence::predicateType)
                    .containsExactlyInAnyOrder(PredicateTypes.COSIGN_SIGNATURE, PredicateTypes.PROVENANCE);
        }
        return HELD;
    }
}
