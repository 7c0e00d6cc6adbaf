package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The subject of a statement. The name is for people; only the digest counts. */
public record Subject(Optional<String> name, Digest digest) {
    /** The members of in-toto's ResourceDescriptor, which a subject is. */
    static final Set<String> MEMBERS =
            Set.of("name", "uri", "digest", "content", "downloadLocation", "mediaType", "annotations");

    /** Reads one. What else its maker says of where the image is or what it is counts for nothing. */
    static Subject parse(JsonObject json) throws InvalidInputException {
        json.allowOnly(MEMBERS);
        for (String ignored : List.of("uri", "content", "downloadLocation", "mediaType")) {
            json.optionalString(ignored);
        }
        return new Subject(json.optionalString("name"), Digest.hexMember(json.object("digest"), "sha256"));
    }
}
