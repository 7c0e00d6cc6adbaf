package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Name;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.document.YamlScalars;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The head of a document that is published in numbered versions, and what its publisher signs of it. A reader that knows the
 * highest version it saw cannot be led back to an older one, and none believes a version after its end.
 *
 * @param kind what it is, such as {@code Recalls}
 * @param version from 1; each is one more than the one before
 * @param previous the digest of the manifest of the version before; empty for the first
 * @param expires the moment from which nothing may be decided by it
 */
public record DocumentHead(
        String kind, String name, long version, Optional<Digest> previous, Instant issued, Instant expires) {
    /** The value of {@code apiVersion}. */
    public static final String API_VERSION = "airworthy/v1";

    /** The kind of lists of recalls. */
    public static final String RECALLS = "Recalls";

    private static final String TYPE_PREFIX = "https://plugins.jenkins.io/airworthy/";
    private static final String VERSION = "version";
    private static final String PREVIOUS = "previous";
    private static final String ISSUED = "issued";
    private static final String EXPIRES = "expires";
    private static final String METADATA = "metadata";
    private static final Set<String> MEMBERS = Set.of("kind", "name", VERSION, PREVIOUS, ISSUED, EXPIRES);

    /** Reads the members of a document before its content. */
    public static DocumentHead read(YamlValue document, String kind) throws InvalidInputException {
        document.mapOf(Set.of("apiVersion", "kind", METADATA));
        YamlScalars.word(document.member("apiVersion"), List.of(API_VERSION));
        YamlScalars.word(document.member("kind"), List.of(kind));
        YamlValue metadata = document.member(METADATA);
        metadata.mapOf(Set.of("name", VERSION, PREVIOUS, ISSUED, EXPIRES));
        Optional<YamlValue> previous = metadata.optional(PREVIOUS);
        DocumentHead head = new DocumentHead(
                kind,
                YamlScalars.checked(metadata.member("name"), text -> Name.require(text, "a document")),
                metadata.member(VERSION).count(),
                previous.isEmpty() ? Optional.empty() : Optional.of(YamlScalars.checked(previous.get(), Digest::parse)),
                YamlScalars.instant(metadata.member(ISSUED)),
                YamlScalars.instant(metadata.member(EXPIRES)));
        Optional<String> problem = head.problem();
        if (problem.isPresent()) {
            throw metadata.error(problem.get());
        }
        return head;
    }

    /** Reads the predicate of its publisher's statement. */
    public static DocumentHead read(Statement statement) throws InvalidInputException {
        JsonObject json = statement.predicateObject();
        json.allowOnly(MEMBERS);
        DocumentHead head = new DocumentHead(
                json.string("kind"),
                json.string("name"),
                json.count(VERSION),
                json.has(PREVIOUS) ? Optional.of(Digest.member(json, PREVIOUS)) : Optional.empty(),
                json.instant(ISSUED),
                json.instant(EXPIRES));
        Optional<String> problem = head.problem();
        if (problem.isPresent()) {
            throw json.error(VERSION, problem.get());
        }
        return head;
    }

    /** The predicate type of statements about documents of a kind. */
    public static String predicateType(String kind) {
        return TYPE_PREFIX + kind.toLowerCase(Locale.ROOT) + "/v1";
    }

    /** The statement that its publisher signs about its manifest. */
    public Statement statement(Digest manifest, Optional<Observation> observation) {
        ObjectNode json = StrictJson.object();
        json.put("kind", kind).put("name", name).put(VERSION, version);
        previous.ifPresent(digest -> json.put(PREVIOUS, digest.toString()));
        json.put(ISSUED, issued.toString()).put(EXPIRES, expires.toString());
        return new Statement(new Subject(Optional.of(name), manifest), observation, predicateType(kind), json);
    }

    private Optional<String> problem() {
        if (version < 1) {
            return Optional.of("versions begin with 1");
        }
        if ((version == 1) != previous.isEmpty()) {
            return Optional.of(
                    version == 1
                            ? "version 1 has no previous one"
                            : "'previous' is missing: the digest of the manifest of version " + (version - 1));
        }
        return expires.isAfter(issued) ? Optional.empty() : Optional.of("it expires before it is issued");
    }

    /** For people: {@code Recalls 'acme' version 42}. */
    @Override
    public String toString() {
        return kind + " '" + name + "' version " + version;
    }
}
