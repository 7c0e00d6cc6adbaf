package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.HomeFolder;
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

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The Trivy that scans, and what it may use. */
final class ScannerOptions extends Options {
    private static final String TOKEN = "AIRWORTHY_TRIVY_TOKEN";

    private final Argument trivy = optional(
            "--trivy", "FILE", "The Trivy program; default: the first on PATH that only root and you can write to.");

    private final Argument cache =
            optional("--cache", "FOLDER", "Where Trivy keeps its databases; default: ~/.cache/trivy.");

    private final Argument offline = flag("--offline", "Fetch nothing: the databases must be in the cache already.");

    private final Argument server = optional(
            "--server",
            "URL",
            "A Trivy server that holds the databases. Its token, if it asks for one, comes from " + TOKEN + ".");

    private final Argument minutes = number(
            Minutes.OPTION, "N", "How long one image may take, from reading its layers to the report; default: 15.");

    private final Argument report = optional(
            "--report",
            "FILE",
            "Do not run Trivy: use this report (Trivy's JSON) of the same image, and record that it was imported.");

    List<ScanOutcome> scan(CommandEnvironment environment, ImageStore store, ResolvedImage image, Progress progress)
            throws AirworthyException, InterruptedException {
        if (report.given()) {
            return ReportImport.read(
                    InputFile.of("--report", report.text()).read(ScanRecord.MAX_BYTES), image, environment.clock());
        }
        return new Scanner(settings(environment), environment.clock()).scan(store, image, progress);
    }

    private TrivySettings settings(CommandEnvironment environment) throws AirworthyException {
        Optional<TrivyServer> remote = !server.given()
                ? Optional.empty()
                : Optional.of(TrivyServer.of(server.text(), environment.variable(TOKEN)));
        return new TrivySettings(
                executable(environment),
                cacheFolder(environment),
                offline.given(),
                remote,
                environment.variables(),
                Minutes.of(minutes.number(), TrivySettings.DEFAULT_TIME_LIMIT, TrivySettings.MAX_TIME_LIMIT));
    }

    private TrivyExecutable executable(CommandEnvironment environment) throws AirworthyException {
        if (trivy.given()) {
            return TrivyExecutable.at(
                    InputFile.of("--trivy", trivy.text()).path().toAbsolutePath());
        }
        return TrivyExecutable.onPath(environment.variable("PATH").orElse(""), List.of())
                .orElseThrow(() -> new UndecidedException(
                        "no Trivy was found on PATH (folders below the current one, and what users other"
                                + " than root and you can write to, are skipped): install it, name it with --trivy FILE,"
                                + " or give its report with --report"));
    }

    private Path cacheFolder(CommandEnvironment environment) throws InvalidInputException {
        if (cache.given()) {
            return InputFile.of("--cache", cache.text()).path();
        }
        Optional<Path> shared = HomeFolder.absolute(environment.variables().get("XDG_CACHE_HOME"));
        Path caches = shared.isPresent()
                ? shared.get()
                : HomeFolder.required(environment.variables(), "XDG_CACHE_HOME or --cache")
                        .resolve(".cache");
        return caches.resolve("trivy");
    }
}
