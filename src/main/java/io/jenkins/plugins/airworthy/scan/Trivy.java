package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TrivyReport;
import io.jenkins.plugins.airworthy.process.ChildProcess;
import io.jenkins.plugins.airworthy.process.WorkFolder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Runs Trivy in a private folder, with its own environment and every setting explicit, so that no file of a workspace and no
 * {@code TRIVY_*} variable can hide a finding. Its report is read from a pipe and redacted in memory, so that quotations of the
 * image are never written to disk. Layers are scanned again each time, since a build could hide findings in a cache that it can
 * write to.
 */
final class Trivy {
    private static final Duration SHORT = Duration.ofMinutes(1);

    private final TrivySettings settings;
    private final WorkFolder work;
    private final Path emptyFile;
    private final Path emptyYaml;
    private final Path secretRules;
    private final Map<String, String> environment = new TreeMap<>();
    private final Progress progress;

    /** Prepares a run. No other program uses the folder, which becomes Trivy's home. */
    Trivy(TrivySettings settings, WorkFolder work, Progress progress) throws UndecidedException {
        this.settings = settings;
        this.work = work;
        this.progress = progress;
        this.emptyFile = work.file("empty", new byte[0]);
        this.emptyYaml = work.file("empty.yaml", "{}".getBytes(StandardCharsets.UTF_8));
        this.secretRules = work.file(SecretRules.FILE, SecretRules.bytes());
        String home = work.folder("home").toString();
        environment.put("HOME", home);
        environment.put("USERPROFILE", home);
        environment.put("TMPDIR", work.folder("tmp").toString());
        environment.put("TMP", environment.get("TMPDIR"));
        if (System.getenv("SystemRoot") != null) {
            environment.put("SystemRoot", System.getenv("SystemRoot")); // Windows cannot start a program without it
        }
        if (!settings.offline() || settings.server().isPresent()) {
            environment.putAll(settings.network());
        }
        try {
            Files.createDirectories(settings.cache());
        } catch (IOException e) {
            throw new UndecidedException(settings.cache() + ": Trivy's cache folder could not be made", e);
        }
    }

    /** Returns Trivy's version and its current databases. */
    TrivyVersion version() throws AirworthyException, InterruptedException {
        return TrivyVersion.parse(
                run(SHORT, TrivyVersion.MAX_BYTES, Map.of(), "version", "--format", "json", "--cache-dir", cache()));
    }

    /** Scans the only image of a layout folder for everything. */
    TrivyReport scan(PrivateLayout layout, Duration limit) throws AirworthyException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "image",
                "--format",
                "json",
                "--list-all-pkgs",
                "--scanners",
                words(ScanResult.Kind.values(), ","),
                "--image-config-scanners",
                "misconfig,secret",
                "--severity",
                Arrays.stream(Severity.values()).map(Severity::name).collect(Collectors.joining(",")),
                "--pkg-types",
                "os,library",
                "--exit-code",
                "0",
                "--ignorefile",
                emptyFile.toString(),
                "--secret-config",
                secretRules.toString(),
                "--cache-dir",
                cache(),
                "--cache-backend",
                "memory",
                "--timeout",
                limit.toSeconds() + 1 + "s",
                "--no-progress",
                "--disable-telemetry",
                "--skip-version-check",
                // A relative name, since Trivy treats the text after a colon or an at sign as a tag.
                "--input",
                work.path().relativize(layout.folder()).toString()));
        Map<String, String> secret = new TreeMap<>();
        if (settings.server().isPresent()) {
            command.addAll(List.of("--server", settings.server().get().address().toString()));
            settings.server().get().token().ifPresent(token -> secret.put("TRIVY_TOKEN", token));
        }
        if (settings.offline()) {
            command.addAll(
                    List.of("--offline-scan", "--skip-db-update", "--skip-java-db-update", "--skip-check-update"));
        }
        return TrivyReport.parse(run(limit, TrivyReport.MAX_BYTES, secret, command.toArray(String[]::new)));
    }

    /** Converts a redacted report to a software bill of materials in one of Trivy's formats. */
    ObjectNode convert(TrivyReport report, String format) throws AirworthyException, InterruptedException {
        Path file = work.file("report-" + format + ".json", report.toBytes());
        byte[] document = run(
                SHORT,
                Statement.MAX_BYTES,
                Map.of(),
                "convert",
                "--format",
                format,
                "--ignorefile",
                emptyFile.toString(),
                file.getFileName().toString());
        return StrictJson.parseObject(document, "Trivy's " + format + " document", Statement.MAX_BYTES)
                .node();
    }

    private byte[] run(Duration limit, int maxOutput, Map<String, String> secret, String... arguments)
            throws AirworthyException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(settings.executable().path().toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("--config", emptyYaml.toString()));
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(secret);
        TrivyLog log = new TrivyLog(progress, settings.cache());
        ChildProcess.Outcome outcome = new ChildProcess(command, all, work, limit, maxOutput).run(log);
        if (outcome.exit() != 0) {
            throw new UndecidedException(
                    "trivy " + arguments[0] + " failed (exit status " + outcome.exit() + "): " + log.failure());
        }
        return outcome.output();
    }

    private String cache() {
        return settings.cache().toString();
    }

    private static String words(ScanResult.Kind[] kinds, String separator) {
        return Arrays.stream(kinds).map(ScanResult.Kind::word).collect(Collectors.joining(separator));
    }
}
