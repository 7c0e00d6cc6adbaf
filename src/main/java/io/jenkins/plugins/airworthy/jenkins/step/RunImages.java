package io.jenkins.plugins.airworthy.jenkins.step;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.run.RecordedImage;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which image a step of the gate means. One that the run knows is meant by its digest, also when its tag points elsewhere by now;
 * another is whatever the registry has, since the gate believes nobody's memory.
 *
 * @param known the images of the run, the one built or observed first coming first
 */
record RunImages(List<RecordedImage> known) {
    RunImages {
        known = List.copyOf(known);
    }

    /** The image to judge. */
    ImageReference meant(Optional<String> given) throws InvalidInputException {
        if (given.isEmpty()) {
            return latest().pinned();
        }
        Optional<RecordedImage> recorded =
                newest(image -> given.get().equals(image.digest().toString())
                        || given.get().equals(image.reference().toString())
                        || given.get().equals(image.pinned().toString()));
        if (recorded.isPresent()) {
            return recorded.get().pinned();
        }
        if (given.get().startsWith("sha256:")) {
            throw new InvalidInputException("this run knows no image " + given.get() + all()
                    + ": to judge an image of another run, name it with its repository, for example"
                    + " registry.example.com/team/app@" + given.get());
        }
        return ImageReference.parse(given.get());
    }

    private RecordedImage latest() throws InvalidInputException {
        return newest(RecordedImage::built)
                .or(() -> newest(image -> true))
                .orElseThrow(() -> new InvalidInputException(
                        "this run has built no image and looked at none: name one with 'image', or build one first"));
    }

    private Optional<RecordedImage> newest(Predicate<RecordedImage> wanted) {
        return known.stream().filter(wanted).reduce((first, second) -> second);
    }

    private String all() {
        return known.isEmpty()
                ? ""
                : "; it knows "
                        + known.stream().map(image -> image.pinned().toString()).collect(Collectors.joining(", "));
    }
}
