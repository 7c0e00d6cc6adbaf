package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceInventory;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.attach.StoredEvidence;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.sigstore.ClaimedIdentity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code evidence download}: writes statements, or the bundles around them, into new files. Overwrites nothing. */
final class EvidenceDownloadCommand extends Command {
    private static final int DIGITS = 16;

    private final Argument reference = parameter("REF", "The image, or one child of an index by its digest.");

    private final EvidenceQuery query = with(new EvidenceQuery());

    private final Argument output = required(
                    "--output",
                    "FILE|FOLDER",
                    "A new file for one statement, or a folder (one that exists, or a name that ends with /) for all"
                            + " that fit.")
            .alias("-o");

    private final Argument bundle = flag("--bundle", "Write the Sigstore bundle: the statement with its signature.");

    private final TrustOptions trust = with(new TrustOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    private record Written(String name, StoredEvidence piece) {}

    EvidenceDownloadCommand() {
        super(false);
    }

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy evidence download registry.example.com/team/app:1.2 --type cyclonedx \\",
                "      --trust release=release.pub --output sbom.json",
                "  airworthy evidence download oci:target/images:1.2 --bundle --output evidence/");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference asked = ImageReference.parse(reference.text());
        TrustedSigners trusted = trust.signers(environment, progress);
        boolean trusting = TrustOptions.trusts(trusted);
        Path path = InputFile.of("--output", output.text()).path();
        boolean folder = output.text().endsWith("/") || Files.isDirectory(path);
        try (ImageStore store = registries.stores(environment).open(asked)) {
            LocatedImage image = LocatedImage.find(store, asked);
            EvidenceInventory inventory = EvidenceReader.inventory(store, image.digest(), trusted, ClaimedIdentity::in);
            List<StoredEvidence> pieces = folder
                    ? query.all(inventory, trusting, asked.toString())
                    : List.of(query.one(inventory, trusting, asked.toString()));
            if (folder) {
                OutputFile.createFolder("--output", path);
            }
            List<Written> written = new ArrayList<>();
            for (StoredEvidence piece : pieces) {
                StatementContent content = StatementContent.fetch(store, image.digest(), piece);
                String name = folder ? path.resolve(name(piece)).toString() : output.text();
                OutputFile.create("--output", name, bundle.given() ? content.bundle() : content.payload());
                StatementContent.warn(piece, trusting, environment);
                written.add(new Written(name, piece));
            }
            return report(image, written);
        }
    }

    /** The name of a file in a folder. It is made of our own words and digits: no registry chooses a name here. */
    private String name(StoredEvidence piece) {
        String word = piece.type().flatMap(PredicateNames::word).orElse("statement");
        String digits = piece.content().orElseThrow().digest().hex().substring(0, DIGITS);
        return word + "-" + digits + (bundle.given() ? ".sigstore.json" : ".json");
    }

    private static Report report(LocatedImage image, List<Written> written) {
        ObjectNode document = image.document();
        ArrayNode files = document.putArray("written");
        for (Written each : written) {
            ObjectNode entry = files.addObject().put("file", each.name());
            EvidenceList.write(each.piece(), entry);
        }
        return Report.done(
                document,
                page -> written.forEach(each -> page.line(
                        each.piece().verified().isPresent() ? TextStyle.GOOD : TextStyle.CAUTION,
                        each.piece().verified().isPresent() ? "verified   " : "unverified ",
                        each.name() + ": " + each.piece().type().orElse("of no named type"))));
    }
}
