package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;
import io.jenkins.plugins.airworthy.recall.version.VersionRange;
import io.jenkins.plugins.airworthy.recall.version.VersionRange.Constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a record in the <a href="https://ossf.github.io/osv-schema/">Open Source Vulnerability format</a> says is affected, as an entry
 * of a list says it. Of ranges in a repository of source code, which no version can be compared with, every version is affected.
 *
 * @param id the record's
 * @param summary empty text without one
 */
public record OsvRecord(String id, String summary, RecallTarget.Packages affected) {
    /** The largest record that is read, in bytes. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final String INTRODUCED = "introduced";
    private static final String FIXED = "fixed";
    private static final String LAST_AFFECTED = "last_affected";
    private static final String LIMIT = "limit";

    /** Types of package URLs, for records that have none, by ecosystem. Names are written alike in these. */
    private static final Map<String, String> TYPES = Map.of(
            "npm", "npm",
            "pypi", "pypi",
            "go", "golang",
            "crates.io", "cargo",
            "rubygems", "gem",
            "nuget", "nuget",
            "packagist", "composer",
            "hex", "hex",
            "pub", "pub");

    /** Reads a record. Refuses one that is withdrawn, or about a kind of package that has no package URL here. */
    public static OsvRecord parse(byte[] bytes, String what) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(bytes, what, MAX_BYTES);
        if (json.has("withdrawn")) {
            throw json.error("withdrawn", "the record is withdrawn");
        }
        List<RecallTarget.AffectedPackage> affected = new ArrayList<>();
        for (JsonObject each : json.objects("affected")) {
            affected.add(affected(each));
        }
        if (affected.isEmpty()) {
            throw json.error("affected", "names no package");
        }
        return new OsvRecord(
                json.string("id"), json.optionalString("summary").orElse(""), new RecallTarget.Packages(affected));
    }

    private static RecallTarget.AffectedPackage affected(JsonObject json) throws InvalidInputException {
        PackageName name = name(json.object("package"));
        List<VersionRange> ranges = new ArrayList<>();
        List<String> exact = json.strings("versions");
        boolean every = false;
        for (JsonObject range : json.objects("ranges")) {
            switch (range.string("type")) {
                case "SEMVER", "ECOSYSTEM" -> every |= !addIntervals(range, name.type(), ranges);
                case "GIT" -> every |= exact.isEmpty() && json.objects("ranges").size() == 1;
                default -> throw range.error("type", "expected SEMVER, ECOSYSTEM or GIT");
            }
        }
        for (String version : exact) {
            ranges.add(new VersionRange(name.type(), List.of(new Constraint("", version))));
        }
        return new RecallTarget.AffectedPackage(name, every ? List.of() : ranges);
    }

    /** Adds an interval for each introduction; false if one of them is every version. */
    private static boolean addIntervals(JsonObject range, String scheme, List<VersionRange> ranges)
            throws InvalidInputException {
        Optional<String> from = Optional.empty();
        int before = ranges.size();
        for (JsonObject event : range.objects("events")) {
            event.allowOnly(Set.of(INTRODUCED, FIXED, LAST_AFFECTED, LIMIT));
            if (event.has(INTRODUCED)) {
                if (from.isPresent()) {
                    throw event.error(INTRODUCED, "comes twice without an end between");
                }
                from = Optional.of(event.string(INTRODUCED));
                continue;
            }
            boolean last = event.has(LAST_AFFECTED);
            String until = event.string(last ? LAST_AFFECTED : event.has(FIXED) ? FIXED : LIMIT);
            if (from.isEmpty()) {
                throw event.error(last ? LAST_AFFECTED : FIXED, "comes before a version in which it was introduced");
            }
            ranges.add(interval(scheme, from.get(), Optional.of(new Constraint(last ? "<=" : "<", until))));
            from = Optional.empty();
        }
        if (from.isPresent()) {
            if (from.get().equals("0")) {
                return false;
            }
            ranges.add(interval(scheme, from.get(), Optional.empty()));
        } else if (ranges.size() == before) {
            throw range.error("events", "names no version");
        }
        return true;
    }

    private static VersionRange interval(String scheme, String from, Optional<Constraint> until) {
        List<Constraint> bounds = new ArrayList<>();
        if (!from.equals("0")) {
            bounds.add(new Constraint(">=", from));
        }
        until.ifPresent(bounds::add);
        return new VersionRange(scheme, bounds);
    }

    private static PackageName name(JsonObject json) throws InvalidInputException {
        Optional<String> url = json.optionalString("purl");
        String ecosystem = json.string("ecosystem");
        String kind = ecosystem.split(":", 2)[0].toLowerCase(Locale.ROOT);
        String text = url.orElseGet(() -> "");
        if (url.isEmpty()) {
            String name = json.string("name")
                    .replace("%", "%25")
                    .replace("@", "%40")
                    .replace("?", "%3F")
                    .replace("#", "%23");
            text = kind.equals("maven")
                    ? "pkg:maven/" + name.replace(':', '/')
                    : "pkg:"
                            + Optional.ofNullable(TYPES.get(kind))
                                    .orElseThrow(() -> json.error(
                                            "ecosystem",
                                            "'" + ecosystem + "' has no package URL here: write the entry by hand, with"
                                                    + " 'packages'"))
                            + "/" + name;
        }
        Optional<PackageName> parsed = PackageName.parse(text);
        return parsed.orElseThrow(() -> json.error("name", "cannot be written as a package URL"))
                .anyVersion();
    }
}
