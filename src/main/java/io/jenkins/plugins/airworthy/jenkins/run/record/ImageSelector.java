package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Selects the image that a step means by its argument {@code image}, or without it. The rules are the same for all steps.
 *
 * <p>Without the argument it is the image that was built last on the way to the step; if none was built there, the one looked at
 * last. Images of parallel branches are not on the way. If branches that ran at the same time leave several images, the step is
 * refused. With the argument, an image that the run knows is selected by the digest in the run's record, even if its tag points
 * elsewhere now.
 */
public final class ImageSelector {
    private static final String DIGEST_PREFIX = "sha256:";

    /** How many images a message lists. */
    private static final int LISTED = 10;

    private final List<RecordedImage> known;
    private final ParallelPath here;

    ImageSelector(List<RecordedImage> known, ParallelPath here) {
        this.known = List.copyOf(known);
        this.here = here;
    }

    /** Chooses for a step at its place. */
    public static ImageSelector of(StepEnvironment place) throws AirworthyException {
        return new ImageSelector(ImageRecord.of(place.run()).images(), place.path());
    }

    /**
     * Selects an image for steps that act only on images of their own run.
     *
     * @param argument empty when there is none
     */
    public RecordedImage ofThisRun(String argument) throws InvalidInputException {
        if (argument.isBlank()) {
            return byDefault();
        }
        return named(argument).orElseThrow(() -> unknown(argument, ""));
    }

    /**
     * Selects an image for steps that may look at any image. An image that the run does not know is read from the registry.
     *
     * @param argument empty when there is none
     */
    public ImageReference ofAnyRun(String argument) throws InvalidInputException {
        if (argument.isBlank()) {
            return byDefault().pinned();
        }
        Optional<RecordedImage> recorded = named(argument);
        if (recorded.isPresent()) {
            return recorded.get().pinned();
        }
        if (argument.startsWith(DIGEST_PREFIX)) {
            throw unknown(
                    argument,
                    ". Name an image of another run with its repository, for example registry.example.com/team/app@"
                            + argument);
        }
        return ImageReference.parse(argument);
    }

    private RecordedImage byDefault() throws InvalidInputException {
        List<Candidate> before = beforeHere(candidates((image, sighting) -> true));
        if (before.isEmpty()) {
            throw new InvalidInputException(
                    (known.isEmpty() ? "this run has no image yet" : "no image was built in this branch, or before it")
                            + ": build one with imageBuild or adopt one with imageAdopt, or name one with 'image'"
                            + knows());
        }
        List<Candidate> made = before.stream()
                .filter(candidate -> candidate.sighting().isMade())
                .toList();
        String where = " in branches that ran at the same time";
        return made.isEmpty() ? last(before, "looked at", where) : last(made, "built", where);
    }

    private Optional<RecordedImage> named(String argument) throws InvalidInputException {
        List<Candidate> named = candidates(meantBy(argument));
        if (named.isEmpty()) {
            return Optional.empty();
        }
        List<Candidate> before = beforeHere(named);
        return Optional.of(last(before.isEmpty() ? named : before, "knows", " as '" + argument + "'"));
    }

    /** A digest alone decides; a tag must be one under which the image was seen. */
    private static Meaning meantBy(String argument) throws InvalidInputException {
        if (argument.startsWith(DIGEST_PREFIX)) {
            Digest digest = Digest.parse(argument);
            return (image, sighting) -> image.digest().equals(digest);
        }
        ImageReference asked = ImageReference.parse(argument);
        Optional<Digest> digest = asked.digest();
        Optional<String> tag = asked.tag();
        return (image, sighting) -> image.reference().repository().equals(asked.repository())
                && (digest.isPresent()
                        ? digest.get().equals(image.digest())
                        : tag.isEmpty() || tag.equals(sighting.reference().tag()));
    }

    private List<Candidate> candidates(Meaning meaning) {
        return known.stream()
                .flatMap(image -> image.sightings().stream()
                        .filter(sighting -> meaning.includes(image, sighting))
                        .map(sighting -> new Candidate(image, sighting)))
                .toList();
    }

    private List<Candidate> beforeHere(List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> here.follows(candidate.sighting().path()))
                .toList();
    }

    /** The image that was seen last. Refused if there are several: branches that ran at the same time may have one each. */
    private static RecordedImage last(List<Candidate> candidates, String how, String where)
            throws InvalidInputException {
        List<RecordedImage> last = candidates.stream()
                .filter(candidate -> candidates.stream().noneMatch(candidate::isFollowedBy))
                .map(Candidate::image)
                .distinct()
                .toList();
        if (last.size() > 1) {
            throw new InvalidInputException("this run " + how + " " + last.size() + " images" + where
                    + ": name one with 'image': " + list(last));
        }
        return last.get(0);
    }

    private InvalidInputException unknown(String argument, String advice) {
        return new InvalidInputException("this run neither built nor looked at '" + argument + "'"
                + (known.isEmpty() ? "; it has no image yet: build one with imageBuild" : knows()) + advice);
    }

    private String knows() {
        return known.isEmpty() ? "" : "; this run knows " + list(known);
    }

    private static String list(List<RecordedImage> images) {
        String more = images.size() > LISTED ? " and " + (images.size() - LISTED) + " more" : "";
        return images.stream()
                        .limit(LISTED)
                        .map(image -> image.reference().at(image.digest()) + tag(image))
                        .collect(Collectors.joining(", "))
                + more;
    }

    private static String tag(RecordedImage image) {
        return image.reference().tag().map(tag -> " (tag " + tag + ")").orElse("");
    }

    /** Whether an argument can mean an image as it was seen at one moment. */
    private interface Meaning {
        boolean includes(RecordedImage image, Sighting sighting);
    }

    private record Candidate(RecordedImage image, Sighting sighting) {
        boolean isFollowedBy(Candidate later) {
            return later.sighting.order() > sighting.order()
                    && later.sighting.path().follows(sighting.path());
        }
    }
}
