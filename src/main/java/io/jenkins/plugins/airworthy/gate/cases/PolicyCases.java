package io.jenkins.plugins.airworthy.gate.cases;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.Verdict;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The cases in a folder: each file {@code NAME.yaml}, and each folder {@code NAME} with a file {@value #FILE}. Refuses a folder
 * without a case, links, and what looks like a case and would not be run.
 */
public final class PolicyCases {
    /** The case in a folder of its own. */
    static final String FILE = "case.yaml";

    /** Maximum number of cases. */
    public static final int MAX_CASES = 10_000;

    /** Maximum number of entries of the folder, cases and the files that they share. */
    static final int MAX_ENTRIES = 2 * MAX_CASES;

    /** How many characters tell what is not as expected. */
    static final int MAX_DIFFERENCE = 2_000;

    private static final String ENDING = ".yaml";

    private final Path folder;
    private final Map<String, Path> documents = new TreeMap<>();

    private PolicyCases(Path folder) {
        this.folder = folder;
    }

    /**
     * What became of a case.
     *
     * @param expected the case's own expectation; empty if it could not be read
     * @param verdict empty if there is none
     * @param failure why there is no verdict; empty if there is one
     * @param differences between what is expected and the verdict
     */
    public record Result(
            String name,
            Optional<PolicyCase> expected,
            Optional<Verdict> verdict,
            Optional<AirworthyException> failure,
            List<String> differences) {
        public Result {
            differences = List.copyOf(differences);
        }

        /** Whether there is a verdict, and exactly the expected one. */
        public boolean isAsExpected() {
            return verdict.isPresent() && differences.isEmpty();
        }

        /** What is not as expected, as the rest of a sentence about the case, on one line of bounded length. */
        public String difference() {
            String line = failure.map(reason -> "has no verdict: " + AirworthyException.oneLine(reason.getMessage()))
                    .orElseGet(() -> "is not decided as expected: "
                            + AirworthyException.oneLine(String.join("; ", differences)));
            return line.length() <= MAX_DIFFERENCE ? line : line.substring(0, MAX_DIFFERENCE) + "…";
        }
    }

    /** Finds the cases of a folder, without reading them. */
    public static PolicyCases in(Path folder) throws AirworthyException {
        PolicyCases cases = new PolicyCases(folder);
        cases.find();
        return cases;
    }

    /** The names of the cases, in their order. */
    public List<String> names() {
        return List.copyOf(documents.keySet());
    }

    /**
     * Judges all cases, in their order. What the time does not suffice for has no verdict, which is a failure of its own.
     *
     * @param limit for all of them together
     */
    public List<Result> runAll(Policy policy, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        List<Result> results = new ArrayList<>();
        for (String name : names()) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            results.add(
                    left.isNegative() || left.isZero()
                            ? new Result(
                                    name,
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(new UndecidedException("was not judged: the cases before it took the "
                                            + limit.toSeconds() + " seconds that all of them may take")),
                                    List.of())
                            : run(name, policy, left));
        }
        return results;
    }

    /** Judges one case. Whatever is wrong with it is its own result, so that the others are still judged. */
    public Result run(String name, Policy policy) throws InterruptedException {
        return run(name, policy, Gate.DEFAULT_TIME_LIMIT);
    }

    private Result run(String name, Policy policy, Duration limit) throws InterruptedException {
        Optional<PolicyCase> read = Optional.empty();
        try {
            Path document = documents.get(name);
            read = Optional.of(CaseReader.read(name, document, new CaseFiles(List.of(document.getParent(), folder))));
            Verdict verdict = read.get().judge(policy, limit).verdict();
            return new Result(
                    name,
                    read,
                    Optional.of(verdict),
                    Optional.empty(),
                    read.get().expected().differences(verdict));
        } catch (AirworthyException e) {
            return new Result(name, read, Optional.empty(), Optional.of(e), List.of());
        }
    }

    private void find() throws AirworthyException {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException("there is no folder " + folder);
        }
        for (Path entry : entries()) {
            String file = CaseFiles.requireName(entry.getFileName().toString());
            CaseFiles.Kind kind = CaseFiles.kind(entry).orElse(CaseFiles.Kind.OTHER);
            if (kind == CaseFiles.Kind.OTHER) {
                throw new InvalidInputException(entry + " is a link or no plain file; links are not followed");
            }
            if (kind == CaseFiles.Kind.FOLDER) {
                addFolder(file, entry);
            } else if (file.endsWith(ENDING)) {
                add(file.substring(0, file.length() - ENDING.length()), entry);
            } else if (file.endsWith(".yml")) {
                throw new InvalidInputException(entry + " would not be run: name it *" + ENDING);
            }
        }
        if (documents.isEmpty()) {
            throw new InvalidInputException(folder + " has no case: neither a file NAME" + ENDING
                    + " nor a folder with a file " + FILE + "; 'airworthy verify --save' makes one");
        }
        if (documents.size() > MAX_CASES) {
            throw new InvalidInputException(folder + " has more than the allowed " + MAX_CASES + " cases");
        }
    }

    /** A folder with neither a case nor saved evidence is a mistake that would otherwise go unnoticed. */
    private void addFolder(String name, Path entry) throws AirworthyException {
        Optional<CaseFiles.Kind> document = CaseFiles.kind(entry.resolve(FILE));
        if (document.isPresent() && document.get() != CaseFiles.Kind.FILE) {
            throw new InvalidInputException(entry.resolve(FILE) + " is no plain file; links are not followed");
        }
        if (document.isPresent()) {
            add(name, entry.resolve(FILE));
        } else if (CaseFiles.kind(entry.resolve("oci-layout")).isEmpty()) {
            throw new InvalidInputException(entry + " has neither a case (" + FILE + ") nor saved evidence");
        }
    }

    private void add(String name, Path document) throws InvalidInputException {
        if (documents.put(name, document) != null) {
            throw new InvalidInputException(folder + " has two cases '" + name + "': a file and a folder");
        }
    }

    private List<Path> entries() throws AirworthyException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path entry : files) {
                // Such as .gitignore: neither shown nor meant.
                if (entry.getFileName().toString().startsWith(".")) {
                    continue;
                }
                if (entries.size() >= MAX_ENTRIES) {
                    throw new InvalidInputException(
                            folder + " has more than the allowed " + MAX_ENTRIES + " files and folders");
                }
                entries.add(entry);
            }
        } catch (IOException e) {
            throw new UndecidedException("the folder " + folder + " could not be listed", e);
        }
        return entries;
    }
}
