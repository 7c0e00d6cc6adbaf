package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.scan.ScanOutcome;
import io.jenkins.plugins.airworthy.scan.ScanRecord;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code scan}: looks for vulnerabilities, secrets, misconfigurations and licences with Trivy, in every platform's image.
 * Findings do not decide here: a policy decides from the signed statements.
 */
final class ScanCommand extends Command {
    private final Argument reference = parameter("REF", "The image to scan.");

    private final ScannerOptions scanner = with(new ScannerOptions());

    private final Argument save = optional(
            "--save",
            "FILE",
            "Write the scan, unsigned, to a new file, so that another machine can take it with --report.");

    private final Argument noSbom = flag(
            "--no-sbom", "Make no bills of materials: an image that is scanned again has them from its first scan.");

    /** Signs the findings and attaches them to the image. */
    private final SignerOptions signing = with(new SignerOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    ScanCommand() {
        super(Format.OF_FINDINGS);
    }

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy scan registry.example.com/team/app:1.2 --key scan.key",
                "  airworthy scan oci:target/images:1.2 --cache /var/cache/trivy --offline --format json",
                "  airworthy scan oci:target/images:1.2 --report trivy.json --key scan.key");
    }

    @Override
    String afterStop() {
        return "No tag was moved. What was attached to the image before stays attached";
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference asked = ImageReference.parse(reference.text());
        Optional<StatementSigner> signer = signing.signerIfNamed(environment);
        try (ImageStore store = registries.stores(environment).open(asked)) {
            ResolvedImage image = ImageReader.read(store, asked);
            List<ScanOutcome> outcomes = scanner.scan(environment, store, image, progress).stream()
                    .map(outcome -> noSbom.given() ? outcome.withoutBills() : outcome)
                    .toList();
            if (save.given()) {
                OutputFile.create("--save", save.text(), ScanRecord.write(outcomes));
            }
            Attachments attachments = new Attachments();
            if (signer.isPresent()) {
                attach(store, image, outcomes, signer.get(), environment.clock(), attachments);
            }
            return report(image, outcomes, attachments);
        }
    }

    private static void attach(
            ImageStore store,
            ResolvedImage image,
            List<ScanOutcome> outcomes,
            StatementSigner signer,
            Clock clock,
            Attachments attachments)
            throws AirworthyException, InterruptedException {
        Observation seen = new Observation(Observer.BUILD_AGENT, clock.instant());
        for (ScanOutcome outcome : outcomes) {
            PlatformImage platform = platform(image, outcome);
            for (Statement statement :
                    outcome.statements(Optional.of(image.asked().repository()), seen)) {
                attachments.attach(store, platform.manifest().descriptor(), statement, signer, clock);
            }
        }
    }

    private static PlatformImage platform(ResolvedImage image, ScanOutcome outcome) {
        return image.platforms().stream()
                .filter(platform -> platform.digest().equals(outcome.image()))
                .findFirst()
                .orElseThrow();
    }

    private static Report report(ResolvedImage image, List<ScanOutcome> outcomes, Attachments attachments)
            throws AirworthyException {
        List<ScanSummary> summaries = new ArrayList<>();
        ObjectNode document = LocatedImage.of(image).document();
        Map<Digest, ScanResult> results = new LinkedHashMap<>();
        ArrayNode scans = document.putArray("scans");
        for (ScanOutcome outcome : outcomes) {
            ScanSummary summary =
                    new ScanSummary(platform(image, outcome).platform(), outcome.imported(), outcome.result());
            summaries.add(summary);
            results.put(outcome.image(), summary.result());
            scans.add(summary.toJson().put("digest", outcome.image().toString()));
        }
        attachments.writeTo(document);
        Report report = Report.done(document, page -> {
            page.line(TextStyle.STRONG, "scanned  ", image.asked() + " at " + image.digest());
            summaries.forEach(summary -> summary.writeTo(page));
            attachments.writeTo(page);
        });
        return report.with(Format.sarif, () -> ScanSarif.of(image.asked(), results));
    }
}
