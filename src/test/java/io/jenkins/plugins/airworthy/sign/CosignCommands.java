package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.copy.ImageCopier;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceFound;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.Pem;
import io.jenkins.plugins.airworthy.sign.key.SignatureAlgorithm;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of evidence when cosign lists, copies, replaces or removes it: a row of the table for each command. */
record CosignCommands(Cosign cosign) {
    static final List<String> HEADING = List.of("command", "bundle", "legacy");
    private static final String KEY = "cosign.key";
    private static final String PUBLIC = "cosign.pub";

    enum Command {
        TREE("`cosign tree`"),
        BESIDE("`cosign sign` beside a signature written here"),
        REPLACE("`cosign attest --replace` of a type that was written here"),
        COPY("`cosign copy` of what was written here and by cosign"),
        PROMOTE("`airworthy promote` of what cosign wrote"),
        CLEAN("`cosign clean`"),
        CERTIFICATE("`cosign sign --key --certificate --certificate-chain`");

        private final String label;

        Command(String label) {
            this.label = label;
        }
    }

    List<String> row(Command command, List<String> hosts) throws Exception {
        List<String> row = new ArrayList<>(List.of(command.label));
        for (EvidenceFormat format : EvidenceFormat.values()) {
            String cell = cell(command, format, MatrixImages.push(hosts.get(0)));
            assertThat(cell(command, format, MatrixImages.push(hosts.get(1)))).isEqualTo(cell);
            row.add(cell);
        }
        return row;
    }

    private String cell(Command command, EvidenceFormat format, MatrixImages images) throws Exception {
        return switch (command) {
            case TREE -> tree(format, images);
            case BESIDE -> beside(format, images);
            case REPLACE -> replace(format, images);
            case COPY -> copy(format, images);
            case PROMOTE -> promote(format, images);
            case CLEAN -> clean(format, images);
            case CERTIFICATE -> certificate(format, images);
        };
    }

    private SoftwareKey key() throws Exception {
        return KeyFiles.readPrivate(cosign.folder().resolve(KEY), what -> Cosign.PASSWORD.toCharArray());
    }

    private EvidenceFound read(MatrixImages images) throws Exception {
        return images.read(images.image(), KeyFiles.readPublic(cosign.folder().resolve(PUBLIC)));
    }

    private Path predicate() throws Exception {
        return Files.write(cosign.folder().resolve("provenance.json"), StrictJson.write(MatrixImages.provenance()));
    }

    private boolean verifiedByCosign(String reference) throws Exception {
        return cosign.verify(PUBLIC, SignatureAlgorithm.ECDSA_P256, reference).exit() == 0;
    }

    private String tree(EvidenceFormat format, MatrixImages images) throws Exception {
        images.attach(images.image(), key(), format);
        EvidenceFound found = read(images);
        assertThat(found.verified()).hasSize(2);
        String tree =
                cosign.run("tree", images.reference(images.image())).succeeded().out();
        for (EvidenceTag tag : found.tags()) {
            assertThat(tree).contains(tag.tag(), tag.layer().digest().toString());
        }
        if (format == EvidenceFormat.BUNDLE) {
            found.verified()
                    .forEach(one -> assertThat(tree).contains(one.manifest().toString()));
        }
        return "shows what was written here";
    }

    private String beside(EvidenceFormat format, MatrixImages images) throws Exception {
        String reference = images.reference(images.image());
        cosign.sign(KEY, format, reference);
        images.attach(images.image(), key(), format);
        cosign.sign(KEY, format, reference);
        // At its older tag cosign adds no second signature of one key over one payload.
        assertThat(read(images).verified()).hasSize(format == EvidenceFormat.LEGACY ? 3 : 4);
        assertThat(verifiedByCosign(reference)).isTrue();
        return "keeps it";
    }

    private String replace(EvidenceFormat format, MatrixImages images) throws Exception {
        images.attach(images.image(), key(), format);
        String reference = images.reference(images.image());
        cosign.attest(KEY, format, "https://example.com/other", predicate(), reference);
        List<String> command = List.of(
                "attest",
                "--replace",
                "--type",
                "slsaprovenance1",
                "--predicate",
                predicate().toString());
        cosign.write(command, KEY, format, reference);
        List<VerifiedEvidence> verified = read(images).verified();
        assertThat(verified).extracting(VerifiedEvidence::predicateType).contains("https://example.com/other");
        long left = verified.stream()
                .filter(one -> one.predicateType().equals(PredicateTypes.PROVENANCE))
                .count();
        boolean ours = verified.stream()
                .anyMatch(one -> one.predicateType().equals(PredicateTypes.PROVENANCE)
                        && one.statement().observation().isPresent());
        return left == 1 && !ours ? "replaces it, and no other type" : "adds to it";
    }

    private String copy(EvidenceFormat format, MatrixImages images) throws Exception {
        images.attach(images.image(), key(), format);
        cosign.sign(KEY, format, images.reference(images.image()));
        MatrixImages copied = MatrixImages.at(images.repository() + "/copied", images);
        cosign.run("copy", images.reference(images.image()), copied.repository() + ":image")
                .succeeded();
        int carried = read(copied).verified().size();
        assertThat(read(copied).rejected()).isEmpty();
        assertThat(verifiedByCosign(copied.reference(images.image()))).isEqualTo(carried == 3);
        return carried == 3
                ? "carries it; verifies at the target, here and with cosign"
                : "cosign carries " + (carried == 0 ? "nothing" : carried + " of 3");
    }

    private String promote(EvidenceFormat format, MatrixImages images) throws Exception {
        String reference = images.reference(images.image());
        cosign.sign(KEY, format, reference);
        cosign.attest(KEY, format, "slsaprovenance1", predicate(), reference);
        EvidenceFound found = read(images);
        MatrixImages promoted = MatrixImages.at(images.repository() + "/promoted", images);
        Manifest image = images.image();
        new ImageCopier(Progress.SILENT)
                .copy(
                        images.store(),
                        image.digest(),
                        found.verified().stream()
                                .map(VerifiedEvidence::manifest)
                                .toList(),
                        found.tags(),
                        promoted.store());
        assertThat(read(promoted).verified()).hasSize(2);
        assertThat(verifiedByCosign(promoted.reference(image))).isTrue();
        cosign.verifyAttestation(PUBLIC, SignatureAlgorithm.ECDSA_P256, "slsaprovenance1", promoted.reference(image))
                .succeeded();
        return "carries it; verifies at the target, here and with cosign";
    }

    private String clean(EvidenceFormat format, MatrixImages images) throws Exception {
        images.attach(images.image(), key(), format);
        cosign.run("clean", "-f", "--type", "all", images.reference(images.image()))
                .succeeded();
        EvidenceFound found = read(images);
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected()).isEmpty();
        return "leaves nothing: the image counts as unsigned";
    }

    private String certificate(EvidenceFormat format, MatrixImages images) throws Exception {
        MintedSigstore authority = new MintedSigstore();
        authority.certified = Clock.systemUTC().instant().minusSeconds(60);
        JsonNode root = authority.trustedRoot();
        StringBuilder chain = new StringBuilder();
        for (JsonNode one : root.at("/certificateAuthorities/0/certChain/certificates")) {
            chain.append(Pem.write(
                    "CERTIFICATE",
                    Base64.getDecoder().decode(one.get("rawBytes").textValue())));
        }
        Path folder = Files.createTempDirectory(cosign.folder(), "certified");
        SoftwareKey key = SoftwareKey.of(authority.leaf, "leaf");
        KeyFiles.writePair(
                key, folder.resolve("leaf.key"), folder.resolve("leaf.pub"), what -> Cosign.PASSWORD.toCharArray());
        Path chained = Files.writeString(folder.resolve("chain.crt"), chain);
        Path certificate = Files.writeString(
                folder.resolve("leaf.crt"),
                Pem.write("CERTIFICATE", authority.certificate().getEncoded()));
        String reference = images.reference(images.image());
        cosign.write(
                List.of("sign", "--certificate", "" + certificate, "--certificate-chain", "" + chained),
                "" + folder.resolve("leaf.key"),
                format,
                reference);

        // Whom the trusted root names: the authority is right, and no log saw the signature.
        SigstoreTrust trust =
                new SigstoreTrust(TrustedRoot.parse(StrictJson.write(root), "trusted root"), Clock.systemUTC());
        TrustedSigners byAuthority = new TrustedSigners(
                List.of(),
                Optional.of(trust),
                List.of(new IdentityPattern(MintedSigstore.ISSUER, MintedSigstore.SUBJECT)));
        EvidenceFound unlogged =
                EvidenceReader.read(images.store(), images.image().digest(), byAuthority);
        assertThat(unlogged.verified()).isEmpty();
        assertThat(unlogged.rejected().get(0).reason()).contains("log entry: is missing");

        int byKey = images.read(images.image(), key.publicKey()).verified().size();
        boolean byCosign = cosign.verify("" + folder.resolve("leaf.pub"), SignatureAlgorithm.ECDSA_P256, reference)
                        .exit()
                == 0;
        assertThat(byCosign).isEqualTo(byKey == 1);
        return (byKey == 1 ? "believed for its key" : "not believed for its key")
                + ", here and by cosign; not for its certificate, since no log saw it";
    }
}
