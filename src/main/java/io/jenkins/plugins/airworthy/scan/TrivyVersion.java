package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Database;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code trivy version --format json} says: the program's version and when the databases in the cache were made.
 *
 * @param database empty if there is none, or if its date is unknown
 */
record TrivyVersion(String version, Optional<Database> database, Optional<Database> javaDatabase) {
    /** The oldest version that supports all our options, and whose reports are understood. */
    static final String OLDEST = "0.74.0";

    /** The version that the tests run with. */
    static final String TESTED = "0.74";

    static final int MAX_BYTES = 64 * 1024;

    private static final Pattern NUMBER = Pattern.compile("v?0\\.([0-9]{1,4})\\.[0-9]{1,4}");
    private static final int OLDEST_MINOR = 74;

    static TrivyVersion parse(byte[] bytes) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(bytes, "Trivy's version", MAX_BYTES);
        return new TrivyVersion(json.string("Version"), date(json, "VulnerabilityDB"), date(json, "JavaDB"));
    }

    /** Refuses untested versions, since they could ignore an option. */
    void require() throws InvalidInputException {
        Matcher matcher = NUMBER.matcher(version);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < OLDEST_MINOR) {
            throw new InvalidInputException(
                    "Trivy " + version + " cannot be used: install version " + OLDEST + " or a newer 0.x");
        }
    }

    boolean isTested() {
        return version.startsWith(TESTED + ".");
    }

    /** Returns the databases of a scan between two versions: if they differ, the older one, since it may have been used. */
    TrivyVersion until(TrivyVersion after) {
        return new TrivyVersion(
                after.version, older(database, after.database), older(javaDatabase, after.javaDatabase));
    }

    private static Optional<Database> older(Optional<Database> before, Optional<Database> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return after;
        }
        return before.get().updatedAt().isBefore(after.get().updatedAt()) ? before : after;
    }

    private static Optional<Database> date(JsonObject json, String name) throws InvalidInputException {
        Optional<JsonObject> database = json.optionalObject(name);
        Optional<Instant> date =
                database.isEmpty() ? Optional.empty() : database.get().optionalInstant("UpdatedAt");
        return date.map(Database::new);
    }
}
