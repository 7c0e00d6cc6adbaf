package io.jenkins.plugins.airworthy.defences;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Compiles one source without its defence and runs the tests that must notice, in a JVM that finds that class first. */
final class Trial {
    /** The test by which a class of the catalogue shows that what it changes is all that is wrong. */
    private static final String HONEST = "promotesAnHonestImage";

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final int MAX_LOG = 4_000;

    private final Defence defence;
    private final Path folder;

    Trial(Defence defence, Path folder) {
        this.defence = defence;
        this.folder = folder;
    }

    /** What is wrong with the tests or with the description of the defence; nothing if it is missed as it must be. */
    List<String> problems() throws IOException, InterruptedException, ClassNotFoundException {
        if (defence.occurrences(defence.source()) != 1) {
            return List.of("does not stand exactly once in " + defence.type());
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> flaws = compile(classes);
        if (!flaws.isEmpty()) {
            return flaws;
        }
        List<String> honest = honestTests();
        List<String> tests = new ArrayList<>(defence.fails());
        tests.addAll(honest);
        List<String> ends = run(classes, tests);
        if (ends.size() != tests.size()) {
            return ends;
        }
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            TrialRun.End expected = i < defence.fails().size() ? TrialRun.End.FAILED : TrialRun.End.PASSED;
            if (!ends.get(i).startsWith(expected + " ")) {
                problems.add(tests.get(i) + " should have " + expected + ": " + ends.get(i));
            }
        }
        return problems;
    }

    /** Tests of single classes have no such image. */
    private List<String> honestTests() throws ClassNotFoundException {
        Set<String> honest = new LinkedHashSet<>();
        for (String test : defence.fails()) {
            if (NamedTest.find(test).hasSibling(HONEST)) {
                honest.add(test.substring(0, test.indexOf('#') + 1) + HONEST);
            }
        }
        return List.copyOf(honest);
    }

    private List<String> compile(Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String changed = defence.removedFrom(defence.source());
        JavaFileObject source =
                new SimpleJavaFileObject(
                        URI.create("string:///" + defence.type().replace('.', '/') + ".java"),
                        JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return changed;
                    }
                };
        List<String> options = List.of(
                "-d",
                classes.toString(),
                "-cp",
                CLASS_PATH,
                "-proc:none",
                "-implicit:none",
                "-nowarn",
                "-parameters",
                "--release",
                "17");
        boolean done = compiler.getTask(null, null, found, options, null, List.of(source))
                .call();
        return done
                ? List.of()
                : found.getDiagnostics().stream()
                        .filter(flaw -> flaw.getKind() == Diagnostic.Kind.ERROR)
                        .map(flaw -> "does not compile without it: " + flaw)
                        .toList();
    }

    private List<String> run(Path classes, List<String> tests) throws IOException, InterruptedException {
        Path result = folder.resolve("result");
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp"))));
        for (String name : new TreeSet<>(System.getProperties().stringPropertyNames())) {
            if (name.startsWith("airworthy.")) {
                command.add("-D" + name + "=" + System.getProperty(name));
            }
        }
        command.addAll(List.of("-cp", classes + File.pathSeparator + CLASS_PATH, TrialRun.class.getName()));
        command.add(result.toString());
        command.addAll(tests);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return List.of("the tests did not end within " + LIMIT.toSeconds() + " s");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        if (!Files.exists(result)) {
            String text = Files.readString(log);
            return List.of("the tests did not run: " + text.substring(Math.max(0, text.length() - MAX_LOG)));
        }
        return Files.readAllLines(result);
    }
}
