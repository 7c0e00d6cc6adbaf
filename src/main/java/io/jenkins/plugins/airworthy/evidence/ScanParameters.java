package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The parameters of a scan that Airworthy writes as {@code name=value}. Refuses unknown words, since a partly understood scan cannot
 * be judged.
 *
 * @param where for error messages
 */
record ScanParameters(JsonObject where, Map<String, String> values) {
    private static final String SCANNERS = "scanners";
    private static final String SEVERITIES = "severities";
    private static final String DATABASE = "databaseUpdatedAt";
    private static final String JAVA_DATABASE = "javaDatabaseUpdatedAt";
    private static final String IMPORTED = "imported";

    static final Set<String> NAMES = Set.of(SCANNERS, SEVERITIES, DATABASE, JAVA_DATABASE, IMPORTED);

    static Map<String, String> of(ScanRun run) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(SCANNERS, words(run.ran(), ScanResult.Kind::word));
        values.put(SEVERITIES, words(run.severities(), Severity::name));
        run.database().ifPresent(d -> values.put(DATABASE, d.updatedAt().toString()));
        run.javaDatabase()
                .ifPresent(d -> values.put(JAVA_DATABASE, d.updatedAt().toString()));
        values.put(IMPORTED, Boolean.toString(run.imported()));
        return values;
    }

    Set<ScanResult.Kind> scanners() throws InvalidInputException {
        return set(SCANNERS, ScanResult.Kind::of);
    }

    Set<Severity> severities() throws InvalidInputException {
        return set(SEVERITIES, Severity::of);
    }

    Optional<ScanResult.Database> database() throws InvalidInputException {
        return database(DATABASE);
    }

    Optional<ScanResult.Database> javaDatabase() throws InvalidInputException {
        return database(JAVA_DATABASE);
    }

    boolean imported() throws InvalidInputException {
        return switch (values.getOrDefault(IMPORTED, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unknown(IMPORTED);
        };
    }

    private <T> Set<T> set(String name, Function<String, Optional<T>> reader) throws InvalidInputException {
        Set<T> set = new LinkedHashSet<>();
        String text = values.getOrDefault(name, "");
        if (!text.isEmpty()) {
            for (String word : text.split(",", -1)) {
                set.add(reader.apply(word).orElseThrow(() -> unknown(name)));
            }
        }
        return set;
    }

    private Optional<ScanResult.Database> database(String name) throws InvalidInputException {
        String text = values.get(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ScanResult.Database(Instant.parse(text)));
        } catch (DateTimeException e) {
            throw unknown(name);
        }
    }

    private InvalidInputException unknown(String name) {
        return where.error("invocation.parameters", "'" + name + "=" + values.get(name) + "' is not understood");
    }

    private static <T extends Enum<T>> String words(Set<T> set, Function<T, String> word) {
        return set.stream().sorted().map(word).collect(Collectors.joining(","));
    }
}
