package io.jenkins.plugins.airworthy.build.adopt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a builder says that it pushed. It is a claim: whoever can write the file can write any digest. Refuses an output that names
 * nothing, or more than {@value #MAX_IMAGES} images.
 *
 * @param unnamed the digest of a file that says nothing but a digest
 * @param images the images by name and digest
 * @param ids digests of configs, which the file also has: a person may take one for the image's
 */
public record BuilderOutput(
        OutputForm form, Optional<Digest> unnamed, List<RegistryReference> images, List<Digest> ids) {
    /** How many images an output may name. */
    public static final int MAX_IMAGES = 100;

    /** How many repositories a message lists. */
    private static final int LISTED = 10;

    private static final String FORM = "form";
    private static final String DIGEST = "digest";
    private static final String IMAGES = "images";
    private static final String IDS = "ids";

    public BuilderOutput {
        images = List.copyOf(images);
        ids = List.copyOf(ids);
        if (unnamed.isPresent() == !images.isEmpty() || images.size() > MAX_IMAGES || ids.size() > MAX_IMAGES) {
            throw new IllegalArgumentException("an output has one digest, or 1 to " + MAX_IMAGES + " named images");
        }
        if (images.stream().anyMatch(image -> image.digest().isEmpty())) {
            throw new IllegalArgumentException("an image without a digest");
        }
    }

    static BuilderOutput of(Digest digest) {
        return new BuilderOutput(OutputForm.DIGEST, Optional.of(digest), List.of(), List.of());
    }

    /**
     * The digest that was pushed to a repository.
     *
     * @throws InvalidInputException if the output names no image of it, or several digests
     */
    public Digest digestFor(ImageReference asked) throws InvalidInputException {
        if (unnamed.isPresent()) {
            return unnamed.get();
        }
        Set<Digest> digests = images.stream()
                .filter(image -> image.repository().equals(asked.repository()))
                .map(image -> image.digest().orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new));
        if (digests.isEmpty()) {
            throw new InvalidInputException(
                    "the builder's output names no image of " + asked.repository() + ", only of "
                            + repositories()
                            + ": name the repository that the builder pushed to, or name the output of that build");
        }
        if (digests.size() > 1) {
            throw new InvalidInputException("the builder's output names " + digests.size() + " images of "
                    + asked.repository() + ", and does not say which one is meant: let the builder write one file for"
                    + " each image");
        }
        return digests.iterator().next();
    }

    private String repositories() {
        List<String> all = images.stream()
                .map(RegistryReference::repository)
                .distinct()
                .sorted()
                .toList();
        return String.join(", ", all.subList(0, Math.min(LISTED, all.size())))
                + (all.size() > LISTED ? " and " + (all.size() - LISTED) + " more" : "");
    }

    /** For the way from an agent. */
    public ObjectNode toJson() {
        ObjectNode json = StrictJson.object().put(FORM, form.toString());
        unnamed.ifPresent(digest -> json.put(DIGEST, digest.toString()));
        images.stream().map(ImageReference::toString).forEach(json.putArray(IMAGES)::add);
        ids.stream().map(Digest::toString).forEach(json.putArray(IDS)::add);
        return json;
    }

    /** Reads it again, as strictly as if a stranger wrote it. */
    public static BuilderOutput read(JsonObject json) throws InvalidInputException {
        json.allowOnly(Set.of(FORM, DIGEST, IMAGES, IDS));
        List<String> names = bounded(json, IMAGES);
        List<RegistryReference> images = new ArrayList<>();
        for (String name : names) {
            if (!(ImageReference.parse(name) instanceof RegistryReference image)
                    || image.digest().isEmpty()) {
                throw json.error(IMAGES, "has an entry that is not an image by its digest");
            }
            images.add(image);
        }
        List<Digest> ids = new ArrayList<>();
        for (String id : bounded(json, IDS)) {
            ids.add(Digest.inDocument(json, IDS, id));
        }
        Optional<Digest> unnamed = json.has(DIGEST) ? Optional.of(Digest.member(json, DIGEST)) : Optional.empty();
        if (unnamed.isPresent() == !images.isEmpty()) {
            throw json.error("", "expected one digest, or images by name");
        }
        return new BuilderOutput(OutputForm.member(json, FORM), unnamed, images, ids);
    }

    private static List<String> bounded(JsonObject json, String name) throws InvalidInputException {
        List<String> texts = json.strings(name);
        if (texts.size() > MAX_IMAGES) {
            throw json.error(name, "more than the allowed " + MAX_IMAGES);
        }
        return texts;
    }
}
