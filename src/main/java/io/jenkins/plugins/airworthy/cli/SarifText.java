package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A log in SARIF 2.1.0 with one run of this program. Of more than {@value #MAX_RESULTS} results the rest is left out, and the log
 * says so: code scanning services take no more.
 */
final class SarifText {
    /** Maximum number of results. */
    static final int MAX_RESULTS = 5_000;

    /** What the rule is about that has the decision as a whole. */
    static final String ABOUT_VERDICT = "The policy's decision on the image as a whole";

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /** How bad a result is; the constants are the words of the format. */
    enum Level {
        error,
        warning,
        note
    }

    private final ObjectNode document = StrictJson.object();
    private final ArrayNode rules;
    private final ObjectNode invocation;
    private final ArrayNode results;
    private final ArrayNode artifacts;
    private final Set<String> known = new HashSet<>();
    private final Set<SarifPlace> places = new HashSet<>();
    private int left;

    SarifText(ExitStatus status) {
        document.put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = document.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "airworthy");
        Help.packagedVersion().ifPresent(version -> driver.put("version", version));
        rules = driver.putArray("rules");
        invocation = run.putArray("invocations").addObject();
        invocation.put("executionSuccessful", status == ExitStatus.DONE || status == ExitStatus.REFUSED);
        if (status != ExitStatus.INTERRUPTED) {
            invocation.put("exitCode", status.code()); // of an interrupted run the signal decides it
        }
        invocation.putArray("toolExecutionNotifications");
        artifacts = run.putArray("artifacts");
        results = run.putArray("results");
    }

    /** The log of a run that ended without an answer. */
    static SarifText failure(ExitStatus status, String message) {
        SarifText log = new SarifText(status);
        log.undecided(message, SarifPlace.RUN);
        return log;
    }

    /** Something kept the program from deciding. A reader of results alone must not take that for a pass. */
    void undecided(String message, SarifPlace place) {
        told(Level.error, message);
        result(Check.VERDICT, ABOUT_VERDICT, Level.error, "undecided: " + message, place, Optional.empty());
    }

    /** An image that was looked at, whatever was found. */
    void image(SarifPlace place) {
        if (places.add(place)) {
            ObjectNode artifact = artifacts.addObject();
            artifact.putObject("location").put("uri", place.address());
            artifact.putObject("description").put("text", line(place.name()));
        }
    }

    /** A rule that was applied, whatever came of it. */
    String rule(String rule, String about) {
        String id = line(rule);
        if (known.add(id)) {
            rules.addObject().put("id", id).putObject("shortDescription").put("text", line(about));
        }
        return id;
    }

    /** Something to know about the run. */
    SarifText told(Level level, String message) {
        ObjectNode notification = ((ArrayNode) invocation.get("toolExecutionNotifications")).addObject();
        notification.putObject("message").put("text", line(message));
        notification.put("level", level.name());
        return this;
    }

    /** One result; {@code vulnerability} is the identifier, if it is about one. */
    void result(
            String rule, String about, Level level, String message, SarifPlace place, Optional<String> vulnerability) {
        if (results.size() >= MAX_RESULTS) {
            left++;
            return;
        }
        String id = rule(rule, about);
        ObjectNode result = results.addObject();
        result.put("ruleId", id);
        result.put("level", level.name());
        result.putObject("message").put("text", line(message));
        ObjectNode location = result.putArray("locations").addObject();
        location.putObject("physicalLocation").putObject("artifactLocation").put("uri", place.address());
        location.putArray("logicalLocations").addObject().put("fullyQualifiedName", line(place.name()));
        vulnerability.ifPresent(text -> result.putObject("properties").put("vulnerability", line(text)));
    }

    private static String line(String text) {
        return AirworthyException.oneLine(text);
    }

    @Override
    public String toString() {
        if (left > 0) {
            told(Level.warning, left + " more results are left out; --format json lists all");
            left = 0;
        }
        return JsonText.of(document);
    }
}
