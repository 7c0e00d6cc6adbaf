package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.TestResult.Configuration;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.testing.TestCase;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;
import io.jenkins.plugins.airworthy.testing.TestReport;
import io.jenkins.plugins.airworthy.testing.files.ImageFile;
import io.jenkins.plugins.airworthy.testing.files.ImageFileSystem;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs structure tests on one image. Reads the layers once for all files of tests, and a second time those layers with a
 * file whose content is tested. Refuses two files of one name, and tests of files in an image for another system than Linux.
 */
public final class StructureTestRunner {
    private final ImageStore store;
    private final PlatformImage image;
    private final Progress progress;
    private final MatchBudget budget;

    private StructureTestRunner(ImageStore store, PlatformImage image, Progress progress, MatchBudget budget) {
        this.store = store;
        this.image = image;
        this.progress = progress;
        this.budget = budget;
    }

    /** Returns one report for each file of tests, in their order. */
    public static List<TestReport> run(
            ImageStore store, PlatformImage image, List<StructureTests> suites, Progress progress)
            throws AirworthyException, InterruptedException {
        return run(store, image, suites, progress, new MatchBudget(MatchBudget.MAX_STEPS));
    }

    static List<TestReport> run(
            ImageStore store, PlatformImage image, List<StructureTests> suites, Progress progress, MatchBudget budget)
            throws AirworthyException, InterruptedException {
        Set<String> names = new HashSet<>();
        for (StructureTests suite : suites) {
            if (!names.add(suite.name())) {
                throw new InvalidInputException("two files of structure tests are called '" + suite.name()
                        + "'; the newest result of a name counts, so give each its own");
            }
        }
        return new StructureTestRunner(store, image, progress, budget).run(suites);
    }

    private List<TestReport> run(List<StructureTests> suites) throws AirworthyException, InterruptedException {
        boolean readsFiles = suites.stream().flatMap(s -> s.tests().stream()).anyMatch(StructureTest::readsFiles);
        if (readsFiles && !image.platform().os().equals("linux")) {
            throw new InvalidInputException("image " + image.digest() + ": is for " + image.platform()
                    + "; files are tested in Linux images only");
        }
        TestedImage tested = new TestedImage(
                image.config(),
                ImageEnvironment.of(image.config().env()),
                readsFiles ? Optional.of(ImageFileSystem.read(store, image, progress)) : Optional.empty());
        List<List<Findings>> all = new ArrayList<>();
        for (StructureTests suite : suites) {
            List<Findings> ofSuite = new ArrayList<>();
            for (StructureTest test : suite.tests()) {
                Findings findings = new Findings();
                test.check(tested, findings, budget);
                ofSuite.add(findings);
            }
            all.add(ofSuite);
        }
        readContents(tested, all.stream().flatMap(List::stream).toList());
        List<TestReport> reports = new ArrayList<>();
        for (int i = 0; i < suites.size(); i++) {
            reports.add(report(suites.get(i), all.get(i)));
        }
        return List.copyOf(reports);
    }

    private void readContents(TestedImage tested, List<Findings> findings)
            throws AirworthyException, InterruptedException {
        Map<ImageFile, List<Findings.ContentCheck>> pending = new LinkedHashMap<>();
        for (Findings some : findings) {
            some.pending().forEach((file, checks) -> pending.computeIfAbsent(file, unread -> new ArrayList<>())
                    .addAll(checks));
        }
        if (!pending.isEmpty()) {
            tested.files().contents(pending.keySet(), (file, content) -> {
                for (Findings.ContentCheck check : pending.get(file)) {
                    check.check(content);
                }
            });
        }
    }

    private static TestReport report(StructureTests suite, List<Findings> findings) {
        List<TestCase> cases = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            List<String> failures = findings.get(i).failures();
            cases.add(new TestCase(
                    suite.tests().get(i).title(), failures.isEmpty() ? Status.PASSED : Status.FAILED, failures));
        }
        Configuration file =
                new Configuration(suite.name(), Optional.of(suite.digest().hex()));
        return new TestReport(suite.name(), List.of(file), cases);
    }
}
