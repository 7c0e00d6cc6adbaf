package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlScalars;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.recall.version.VersionRange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what an entry is about. */
final class TargetReader {
    /** The most values of a list in an entry. */
    static final int MAX_VALUES = 10_000;

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> WINDOW = Set.of("from", "until");
    private static final String VERSIONS = "versions";
    private static final String PACKAGE = "package";
    private static final String SCANNER = "scanner";
    private static final String DATABASE = "database";

    private TargetReader() {}

    static RecallTarget read(String kind, YamlValue value, Optional<YamlValue> base) throws InvalidInputException {
        return switch (kind) {
            case "digest" -> new RecallTarget.Digests(new LinkedHashSet<>(digests(value)));
            case "layers" -> layers(value, base);
            case "packages" -> packages(value);
            case "source" -> source(value);
            case "builder" -> builder(value);
            case "evidence" -> evidence(value);
            default -> signer(value);
        };
    }

    /** One digest, or a list of some. */
    private static List<Digest> digests(YamlValue value) throws InvalidInputException {
        return value.isList()
                ? YamlScalars.all(value, MAX_VALUES, Digest::parse)
                : List.of(YamlScalars.checked(value, Digest::parse));
    }

    private static RecallTarget layers(YamlValue value, Optional<YamlValue> base) throws InvalidInputException {
        List<List<Digest>> stacks = new ArrayList<>();
        for (YamlValue stack : YamlScalars.some(value, MAX_VALUES)) {
            stacks.add(YamlScalars.all(stack, MAX_VALUES, Digest::parse));
        }
        return new RecallTarget.Layers(
                stacks, base.isEmpty() ? Optional.empty() : Optional.of(YamlScalars.text(base.get())));
    }

    private static RecallTarget packages(YamlValue value) throws InvalidInputException {
        List<RecallTarget.AffectedPackage> packages = new ArrayList<>();
        for (YamlValue each : YamlScalars.some(value, MAX_VALUES)) {
            each.mapOf(Set.of(PACKAGE, VERSIONS));
            PackageName name = YamlScalars.checked(each.member(PACKAGE), TargetReader::packageName);
            Optional<YamlValue> versions = each.optional(VERSIONS);
            packages.add(
                    new RecallTarget.AffectedPackage(name, versions.isEmpty() ? List.of() : ranges(versions.get())));
        }
        return new RecallTarget.Packages(packages);
    }

    private static PackageName packageName(String text) throws InvalidInputException {
        return PackageName.parse(text)
                .filter(name -> name.version().isEmpty() && text.indexOf('?') < 0 && text.indexOf('#') < 0)
                .orElseThrow(() -> new InvalidInputException("'" + text
                        + "' is not a package URL of type and name alone, such as pkg:maven/org.example/lib; its versions"
                        + " are beside it"));
    }

    private static List<VersionRange> ranges(YamlValue value) throws InvalidInputException {
        return value.isList()
                ? YamlScalars.all(value, MAX_VALUES, VersionRange::parse)
                : List.of(YamlScalars.checked(value, VersionRange::parse));
    }

    private static RecallTarget source(YamlValue value) throws InvalidInputException {
        value.mapOf(Set.of("repository", "commits"));
        Optional<YamlValue> commits = value.optional("commits");
        return new RecallTarget.Source(
                YamlScalars.text(value.member("repository")),
                commits.isEmpty()
                        ? Set.of()
                        : new LinkedHashSet<>(YamlScalars.all(
                                commits.get(), MAX_VALUES, text -> matching(COMMIT, text, "a commit"))));
    }

    private static RecallTarget builder(YamlValue value) throws InvalidInputException {
        value.mapOf(Set.of("id", "agent", "from", "until"));
        return new RecallTarget.Builder(
                YamlScalars.text(value.member("id")), RecallReader.text(value, "agent"), window(value));
    }

    private static RecallTarget evidence(YamlValue value) throws InvalidInputException {
        value.mapOf(Set.of("type", SCANNER, VERSIONS, DATABASE, "from", "until"));
        Optional<YamlValue> versions = value.optional(VERSIONS);
        Optional<YamlValue> database = value.optional(DATABASE);
        Optional<String> type = RecallReader.text(value, "type");
        Optional<String> scanner = RecallReader.text(value, SCANNER).map(name -> name.toLowerCase(Locale.ROOT));
        if (type.isEmpty() == scanner.isEmpty()) {
            throw value.error("name either the 'type' of statements, or the 'scanner' whose scans are meant");
        }
        if (scanner.isEmpty() && (versions.isPresent() || database.isPresent())) {
            throw value.error("'versions' and 'database' are those of a 'scanner'");
        }
        if (database.isPresent()) {
            database.get().mapOf(WINDOW);
        }
        return new RecallTarget.Evidence(
                type,
                scanner,
                versions.isEmpty()
                        ? Optional.empty()
                        : Optional.of(YamlScalars.checked(versions.get(), VersionRange::parse)),
                database.isEmpty() ? TimeWindow.ALWAYS : window(database.get()),
                window(value));
    }

    private static RecallTarget signer(YamlValue value) throws InvalidInputException {
        value.mapOf(Set.of("key", "issuer", "subject", "from", "until"));
        TimeWindow window = window(value);
        if (value.optional("key").isPresent()) {
            if (value.map().size() > 1) {
                throw value.error("a key is recalled for all time: when it signed is only what its holder says");
            }
            String key = YamlScalars.checked(
                    value.member("key"), text -> matching(FINGERPRINT, text, "the fingerprint of a key"));
            return new RecallTarget.Signer(Optional.of(key), Optional.empty(), Optional.empty(), window);
        }
        return new RecallTarget.Signer(
                Optional.empty(),
                Optional.of(YamlScalars.text(value.member("issuer"))),
                Optional.of(YamlScalars.text(value.member("subject"))),
                window);
    }

    private static TimeWindow window(YamlValue value) throws InvalidInputException {
        Optional<Instant> from = instant(value.optional("from"));
        Optional<Instant> until = instant(value.optional("until"));
        if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
            throw value.member("until").error("is before 'from'");
        }
        return new TimeWindow(from, until);
    }

    private static Optional<Instant> instant(Optional<YamlValue> value) throws InvalidInputException {
        return value.isEmpty() ? Optional.empty() : Optional.of(YamlScalars.instant(value.get()));
    }

    private static String matching(Pattern pattern, String text, String what) throws InvalidInputException {
        if (!pattern.matcher(text).matches()) {
            throw new InvalidInputException("'" + text + "' is not " + what + " in lower-case hexadecimal digits");
        }
        return text;
    }
}
