package io.jenkins.plugins.airworthy.defences;

import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A program that runs single tests on whatever class path it was started with and writes down how each of them ended: the
 * first argument is the file to write, the others are names of tests.
 */
final class TrialRun implements TestExecutionListener {
    /** What comes of a class that does not fit to the others, and not of a check that is missing. */
    private static final Pattern UNFIT = Pattern.compile(
            "LinkageError|NoClassDefFoundError|ClassNotFoundException|NoSuchMethodError|NoSuchFieldError|VerifyError"
                    + "|IllegalAccessError|IncompatibleClassChangeError|AbstractMethodError|BootstrapMethodError");

    private static final int MAX_CAUSE = 300;

    private final List<Throwable> failures = new ArrayList<>();
    private int passed;
    private int skipped;

    private TrialRun() {}

    /** How a test ended. */
    enum End {
        PASSED,
        FAILED,
        /** It did not get as far as to what it tests. */
        BROKEN,
        SKIPPED
    }

    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        List<String> lines = new ArrayList<>();
        Launcher launcher = LauncherFactory.create();
        for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
            NamedTest test = NamedTest.find(name);
            TrialRun run = new TrialRun();
            launcher.execute(
                    LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectMethod(test.type(), test.method()))
                            .build(),
                    run);
            lines.add(run.end() + " " + run.cause());
        }
        Files.write(Path.of(arguments[0]), lines);
        // A test whose loop never ends may have left a thread behind.
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped++;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        result.getThrowable()
                .filter(thrown -> result.getStatus() == TestExecutionResult.Status.FAILED)
                .ifPresent(failures::add);
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            skipped++;
        } else if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
            passed++;
        }
    }

    /** Of a test with several arguments one that fails is enough: an attack has many faces, and others may stop some. */
    private End end() {
        if (failures.stream().anyMatch(TrialRun::isUnfit)) {
            return End.BROKEN;
        }
        if (!failures.isEmpty()) {
            return End.FAILED;
        }
        return skipped > 0 || passed == 0 ? End.SKIPPED : End.PASSED;
    }

    private static boolean isUnfit(Throwable failure) {
        return failure instanceof JUnitException
                || UNFIT.matcher(failure.getClass().getName() + " " + failure).find();
    }

    private String cause() {
        String text = failures.isEmpty() ? "" : failures.get(0).toString().replaceAll("\\s+", " ");
        return text.length() > MAX_CAUSE ? text.substring(0, MAX_CAUSE) + "…" : text;
    }
}
