package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictYaml;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.testing.TestReport;
import io.jenkins.plugins.airworthy.testing.junit.JUnitReports;
import io.jenkins.plugins.airworthy.testing.structure.StructureTestRunner;
import io.jenkins.plugins.airworthy.testing.structure.StructureTests;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code test}: runs structure tests on the layers of every platform's image, and imports JUnit results. A failed test ends with
 * status 1; its result is still signed and attached, since an unrecorded failure would have no effect.
 */
final class TestCommand extends Command {

    private final Argument reference = parameter("REF", "The image to test.");

    private final Argument structure = repeated(
            "--structure",
            "FILE",
            "Tests of files, contents, metadata and licences, in container-structure-test's YAML. Its name"
                    + " is the suite's name.");

    private final Argument junit = repeated(
            "--junit",
            "GLOB",
            "JUnit results (XML) of tests that ran elsewhere, for example target/surefire-reports/*.xml;"
                    + " relative to the current folder. Their suite is called junit.");

    private final Argument junitSince = optional(
            "--junit-since",
            "TIME",
            "Refuse JUnit results older than this, for example the build's start, 2027-01-31T12:00:00Z.");

    /** Signs the results, which are attached to the image. */
    private final SignerOptions signing = with(new SignerOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy test registry.example.com/team/app:1.2 --structure structure.yaml --key test.key",
                "  airworthy test oci:target/images:1.2 --structure structure.yaml \\",
                "      --junit target/surefire-reports/TEST-*.xml --format json");
    }

    @Override
    String afterStop() {
        return "No tag was moved. What was attached to the image before stays attached";
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference asked = ImageReference.parse(reference.text());
        List<StructureTests> suites = suites();
        Optional<TestReport> counted = counted();
        if (suites.isEmpty() && counted.isEmpty()) {
            throw new InvalidInputException("no tests are named: add --structure FILE or --junit GLOB");
        }
        Optional<StatementSigner> signer = signing.signerIfNamed(environment);
        try (ImageStore store = registries.stores(environment).open(asked)) {
            ResolvedImage image = ImageReader.read(store, asked);
            image.requireWhole("tested");
            Attachments attachments = new Attachments();
            List<SuiteReport> results = new ArrayList<>();
            for (PlatformImage platform : image.platforms()) {
                for (TestReport report : StructureTestRunner.run(store, platform, suites, progress)) {
                    results.add(new SuiteReport(platform, report));
                }
                counted.ifPresent(report -> results.add(new SuiteReport(platform, report)));
            }
            for (SuiteReport result : signer.isPresent() ? results : List.<SuiteReport>of()) {
                Observation seen = new Observation(
                        Observer.BUILD_AGENT, environment.clock().instant());
                Subject subject = new Subject(
                        Optional.of(asked.repository()), result.platform().digest());
                Statement statement = result.report().toResult().toStatement(subject, seen);
                attachments.attach(
                        store, result.platform().manifest().descriptor(), statement, signer.get(), environment.clock());
            }
            return report(image, results, attachments);
        }
    }

    private List<StructureTests> suites() throws AirworthyException {
        List<StructureTests> suites = new ArrayList<>();
        for (String name : structure.values()) {
            InputFile file = InputFile.of("--structure", name);
            suites.add(StructureTests.parse(
                    file.read(StrictYaml.MAX_BYTES), file.path().getFileName().toString()));
        }
        return suites;
    }

    private Optional<TestReport> counted() throws AirworthyException, InterruptedException {
        if (!junit.given()) {
            return Optional.empty();
        }
        Optional<Instant> since = Optional.empty();
        try {
            since = junitSince.value().map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(
                    "--junit-since '" + junitSince.value().orElse("")
                            + "': expected a time such as 2027-01-31T12:00:00Z",
                    e);
        }
        return Optional.of(JUnitReports.read(Path.of("").toAbsolutePath(), junit.values(), since));
    }

    private static Report report(ResolvedImage image, List<SuiteReport> results, Attachments attachments)
            throws AirworthyException {
        ObjectNode document = LocatedImage.of(image).document();
        boolean passed = results.stream().allMatch(result -> result.report().passed());
        document.put("passed", passed);
        ArrayNode suites = document.putArray("suites");
        results.forEach(result -> suites.add(result.toJson()));
        attachments.writeTo(document);
        return new Report(passed ? ExitStatus.DONE : ExitStatus.REFUSED, document, page -> {
            page.line(TextStyle.STRONG, "tested   ", image.asked() + " at " + image.digest());
            results.forEach(result -> result.writeTo(page));
            attachments.writeTo(page);
        });
    }
}
