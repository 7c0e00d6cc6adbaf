package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.scan.ReportImport;
import io.jenkins.plugins.airworthy.scan.ScanOutcome;
import io.jenkins.plugins.airworthy.scan.ScanRecord;
import io.jenkins.plugins.airworthy.scan.Scanner;
import io.jenkins.plugins.airworthy.scan.TrivyExecutable;
import io.jenkins.plugins.airworthy.scan.TrivyServer;
import io.jenkins.plugins.airworthy.scan.TrivySettings;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The Trivy that scans, and what it may use. */
final class ScannerOptions {
    private static final String TOKEN = "AIRWORTHY_TRIVY_TOKEN";

    @Option(
            names = "--trivy",
            paramLabel = "FILE",
            description = "The Trivy program; default: the first on PATH that only root and you can write to.")
    Optional<String> trivy = Optional.empty();

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            description = "Where Trivy keeps its databases; default: ~/.cache/trivy.")
    Optional<String> cache = Optional.empty();

    @Option(names = "--offline", description = "Fetch nothing: the databases must be in the cache already.")
    boolean offline;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "A Trivy server that holds the databases. Its token, if it asks for one, comes from " + TOKEN + ".")
    Optional<String> server = Optional.empty();

    @Option(
            names = Minutes.OPTION,
            paramLabel = "N",
            description = "How long one image may take, from reading its layers to the report; default: 15.")
    Optional<Integer> minutes = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Do not run Trivy: use this report (Trivy's JSON) of the same image, and record that it was imported.")
    Optional<String> report = Optional.empty();

    List<ScanOutcome> scan(CommandEnvironment environment, ImageStore store, ResolvedImage image, Progress progress)
            throws AirworthyException, InterruptedException {
        if (report.isPresent()) {
            return ReportImport.read(
                    InputFile.of("--report", report.get()).read(ScanRecord.MAX_BYTES), image, environment.clock());
        }
        return new Scanner(settings(environment), environment.clock()).scan(store, image, progress);
    }

    private TrivySettings settings(CommandEnvironment environment) throws AirworthyException {
        Optional<TrivyServer> remote = server.isEmpty()
                ? Optional.empty()
                : Optional.of(TrivyServer.of(server.get(), environment.variable(TOKEN)));
        return new TrivySettings(
                executable(environment),
                cacheFolder(environment),
                offline,
                remote,
                environment.variables(),
                Minutes.of(minutes, TrivySettings.DEFAULT_TIME_LIMIT, TrivySettings.MAX_TIME_LIMIT));
    }

    private TrivyExecutable executable(CommandEnvironment environment) throws AirworthyException {
        if (trivy.isPresent()) {
            return TrivyExecutable.at(
                    InputFile.of("--trivy", trivy.get()).path().toAbsolutePath());
        }
        return TrivyExecutable.onPath(environment.variable("PATH").orElse(""), List.of())
                .orElseThrow(() -> new UndecidedException(
                        "no Trivy was found on PATH (folders below the current one, and what users other"
                                + " than root and you can write to, are skipped): install it, name it with --trivy FILE,"
                                + " or give its report with --report"));
    }

    private Path cacheFolder(CommandEnvironment environment) throws InvalidInputException {
        if (cache.isPresent()) {
            return InputFile.of("--cache", cache.get()).path();
        }
        Optional<String> shared = environment.variable("XDG_CACHE_HOME").filter(folder -> !folder.isBlank());
        return shared.map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("trivy");
    }
}
