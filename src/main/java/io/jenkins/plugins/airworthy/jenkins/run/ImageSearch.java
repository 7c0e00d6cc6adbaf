package io.jenkins.plugins.airworthy.jenkins.run;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageReference;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the image that a step means among those that its run knows; never one that the run does not know. */
final class ImageSearch {
    private static final String DIGEST_PREFIX = "sha256:";

    /** How many of its images a message lists. */
    private static final int LISTED = 10;

    private final List<RecordedImage> images;

    ImageSearch(List<RecordedImage> images) {
        this.images = images;
    }

    /** The one that was built last; if none was, the one that was looked at last. */
    RecordedImage latest() throws InvalidInputException {
        return last(RecordedImage::built)
                .or(() -> last(image -> true))
                .orElseThrow(() -> new InvalidInputException("this run has no image yet: build one with imageBuild,"
                        + " or name one with 'image' where a step can look at images of other runs"));
    }

    Optional<RecordedImage> named(String argument) throws InvalidInputException {
        if (argument.startsWith(DIGEST_PREFIX)) {
            Digest digest = Digest.parse(argument);
            return last(image -> image.digest().equals(digest));
        }
        ImageReference reference = ImageReference.parse(argument);
        return last(image -> image.reference().repository().equals(reference.repository())
                && (reference.digest().isEmpty() || reference.digest().get().equals(image.digest()))
                && (reference.tag().isEmpty()
                        || reference.tag().equals(image.reference().tag())));
    }

    RecordedImage required(String argument) throws InvalidInputException {
        return named(argument)
                .orElseThrow(() -> new InvalidInputException(
                        "this run neither built nor looked at '" + argument + "'; " + what()));
    }

    private String what() {
        if (images.isEmpty()) {
            return "it knows no image yet: build one with imageBuild first";
        }
        String more = images.size() > LISTED ? " and " + (images.size() - LISTED) + " more" : "";
        return "it knows "
                + images.stream()
                        .limit(LISTED)
                        .map(image -> image.reference() + " (" + image.digest() + ", "
                                + (image.built() ? "built here" : "looked at") + ")")
                        .collect(Collectors.joining(", "))
                + more;
    }

    private Optional<RecordedImage> last(Predicate<RecordedImage> wanted) {
        return images.stream().filter(wanted).reduce((earlier, later) -> later);
    }
}
