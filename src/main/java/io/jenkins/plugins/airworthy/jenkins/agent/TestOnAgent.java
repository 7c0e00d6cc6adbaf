package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.FilePath;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.AgentRegistries;
import io.jenkins.plugins.airworthy.jenkins.config.LayoutFolders;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.testing.TestCase;
import io.jenkins.plugins.airworthy.testing.TestReport;
import io.jenkins.plugins.airworthy.testing.TestReportJson;
import io.jenkins.plugins.airworthy.testing.junit.JUnitReports;
import io.jenkins.plugins.airworthy.testing.structure.StructureTests;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tests an image: files of tests and JUnit reports are read where the build ran, structure tests run on a trusted agent if there
 * is one. The answer must be about the requested tests and platforms; the statements name the observer.
 */
public final class TestOnAgent {
    /** How many files or patterns a step may name. */
    private static final int MAX_NAMED = 100;

    private final StepEnvironment place;
    private final String step;
    private final FilePath workspace;

    /** @throws InvalidInputException when the place has no workspace */
    public TestOnAgent(StepEnvironment place, String step) throws InvalidInputException {
        this.place = place;
        this.step = step;
        this.workspace = place.workspaceFor(step);
    }

    /** The results of all suites on all platforms. */
    public record TestedImage(Digest digest, List<TestReport> reports) {
        public TestedImage {
            reports = List.copyOf(reports);
        }

        public boolean passed() {
            return reports.stream().allMatch(TestReport::passed);
        }

        public int count(TestCase.Status status) {
            return reports.stream().mapToInt(report -> report.count(status)).sum();
        }
    }

    /**
     * Tests the image.
     *
     * @param argument which image; empty if there is none
     * @param structure files of structure tests in the workspace
     * @param junit patterns of JUnit reports in the workspace
     */
    public TestedImage test(String argument, List<String> structure, List<String> junit)
            throws AirworthyException, InterruptedException {
        if (structure.isEmpty() && junit.isEmpty()) {
            throw new InvalidInputException("no tests are named: add structure files or junit patterns");
        }
        if (structure.size() + junit.size() > MAX_NAMED) {
            throw new InvalidInputException("more than the allowed " + MAX_NAMED + " files and patterns of tests");
        }
        AskedImage asked = AskedImage.find(place, argument);
        asked.image().requireWhole("tested");
        if (!junit.isEmpty()) {
            requireBuiltHere(asked);
        }
        Agent agent = Agent.of(workspace);
        Duration sinceStart = Duration.ofMillis(
                Math.max(0, System.currentTimeMillis() - place.run().getStartTimeInMillis()));
        JsonObject files =
                agent.ask(new TestFilesWork(workspace.getRemote(), structure, junit, sinceStart), place.listener());
        files.allowOnly(Set.of(TestFilesWork.STRUCTURE, TestFilesWork.JUNIT));
        Instant counted = Instant.now();
        List<TestReport> all = new ArrayList<>();
        if (!structure.isEmpty()) {
            all.addAll(structureTests(asked, tests(files, structure.size())));
        }
        if (!junit.isEmpty()) {
            TestReport report = junit(files);
            for (PlatformImage platform : asked.image().platforms()) {
                keep(asked, platform, report, new Observation(Observer.BUILD_AGENT, counted));
                all.add(report);
            }
        }
        return new TestedImage(asked.image().digest(), all);
    }

    private static List<TestFile> tests(JsonObject files, int expected) throws InvalidInputException {
        List<JsonObject> written = files.objects(TestFilesWork.STRUCTURE);
        if (written.size() != expected) {
            throw files.error(TestFilesWork.STRUCTURE, "expected " + expected);
        }
        List<TestFile> tests = new ArrayList<>();
        for (JsonObject file : written) {
            tests.add(TestFile.read(file));
        }
        return tests;
    }

    private static TestReport junit(JsonObject files) throws InvalidInputException {
        TestReport report = TestReportJson.read(files.object(TestFilesWork.JUNIT));
        if (!report.suite().equals(JUnitReports.SUITE)) {
            throw files.error(TestFilesWork.JUNIT, "expected the suite " + JUnitReports.SUITE);
        }
        return report;
    }

    /** Reports are in the workspace of a run and prove nothing about an image that another run built. */
    private void requireBuiltHere(AskedImage asked) throws AirworthyException {
        boolean built = ImageRecord.of(place.run()).images().stream()
                .anyMatch(image ->
                        image.made() && image.digest().equals(asked.image().digest()));
        if (!built) {
            throw new InvalidInputException(
                    "this run did not build " + asked.pinned()
                            + ", and JUnit reports are about what the same run built: leave junit out, or build the image here");
        }
    }

    private List<TestReport> structureTests(AskedImage asked, List<TestFile> files)
            throws AirworthyException, InterruptedException {
        List<StructureTests> suites = new ArrayList<>();
        for (TestFile file : files) {
            suites.add(file.tests());
        }
        AgentRegistries registries = Registries.current().forAgents(place.run(), List.of(asked.reference()));
        ObservationDispatcher.Seen seen = new ObservationDispatcher(place, step)
                .observe(
                        "Test",
                        asked.pinned(),
                        (node, folder) -> new StructureWork(
                                asked.pinned(), files, new AgentStores(registries, LayoutFolders.current(), folder)));
        Instant now = Instant.now();
        Map<Digest, List<TestReport>> reports = StructureAnswer.read(seen.answer(), asked.image(), suites);
        List<TestReport> all = new ArrayList<>();
        for (PlatformImage platform : asked.image().platforms()) {
            for (TestReport report : reports.get(platform.digest())) {
                keep(asked, platform, report, new Observation(seen.observer(), now));
                all.add(report);
            }
        }
        return all;
    }

    private void keep(AskedImage asked, PlatformImage platform, TestReport report, Observation seen)
            throws AirworthyException {
        Subject subject = new Subject(Optional.of(asked.reference().repository()), platform.digest());
        Statement statement = report.toResult().toStatement(subject, seen);
        String summary = report.suite() + ": " + report.counts();
        ImageRecord.of(place.run())
                .observed(asked.reference(), asked.image().digest(), place.path(), KeyRole.TEST, statement, summary);
        place.progress().say((report.passed() ? "Passed " : "FAILED ") + summary + " on " + platform.platform());
        for (TestCase test : report.cases()) {
            if (test.status() == TestCase.Status.FAILED) {
                place.progress().say("  failed " + test.name());
                test.reasons().forEach(reason -> place.progress().say("    " + reason));
            }
        }
    }
}
