package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The content of a run's record at one moment. Images are identified by repository and digest. Refuses more entries than a run may have.
 *
 * @param images in the order in which they were built or first looked at
 */
record RunContents(List<RecordedImage> images, List<VerdictEntry> verdicts) {
    /** How many images one run may have. */
    static final int MAX_IMAGES = 100;

    /** How often one run may build or look at one image. */
    static final int MAX_SIGHTINGS = 500;

    /** How many statements there may be about one image. */
    static final int MAX_STATEMENTS = 500;

    /** How many signatures one run may make of one image. */
    static final int MAX_SIGNATURES = 1_000;

    /** How many verdicts one run may ask for. */
    static final int MAX_VERDICTS = 200;

    static final RunContents EMPTY = new RunContents(List.of(), List.of());

    RunContents {
        images = List.copyOf(images);
        verdicts = List.copyOf(verdicts);
    }

    Optional<RecordedImage> image(String repository, Digest digest) {
        return images.stream()
                .filter(image -> image.digest().equals(digest)
                        && image.reference().repository().equals(repository))
                .findFirst();
    }

    /**
     * Adds an image that was just built or adopted: it becomes the latest at its place, and its existing entries stay. If it was
     * adopted once, this is not forgotten: the statements of that stay too.
     */
    RunContents made(Sighting.Way way, ImageReference reference, Digest digest, ParallelPath path)
            throws InvalidInputException {
        RecordedImage known = imageOrNew(reference, digest);
        List<Sighting> others = known.sightings().stream()
                .filter(other -> !isSame(other, reference, path) || (other.isMade() && other.way() != way))
                .toList();
        return atEnd(new RecordedImage(
                reference,
                digest,
                sighted(known, others, new Sighting(next(), way, reference, path)),
                known.statements(),
                known.signatures()));
    }

    /** Adds an image that was looked at. */
    RunContents seen(ImageReference reference, Digest digest, ParallelPath path) throws InvalidInputException {
        RecordedImage known = imageOrNew(reference, digest);
        if (known.sightings().stream()
                .anyMatch(other -> isSame(other, reference, path)
                        || (reference.tag().isEmpty() && other.path().equals(path)))) {
            return this;
        }
        RecordedImage changed = new RecordedImage(
                known.reference(),
                digest,
                sighted(known, known.sightings(), new Sighting(next(), Sighting.Way.LOOKED_AT, reference, path)),
                known.statements(),
                known.signatures());
        return known.sightings().isEmpty() ? atEnd(changed) : replaced(changed);
    }

    private RecordedImage imageOrNew(ImageReference reference, Digest digest) {
        return image(reference.repository(), digest)
                .orElseGet(() -> new RecordedImage(reference, digest, List.of(), List.of(), List.of()));
    }

    private static boolean isSame(Sighting known, ImageReference reference, ParallelPath path) {
        return known.path().equals(path) && known.reference().tag().equals(reference.tag());
    }

    private static List<Sighting> sighted(RecordedImage image, List<Sighting> before, Sighting last)
            throws InvalidInputException {
        requireRoom(before, MAX_SIGHTINGS, "branches or tags with " + image.pinned());
        return appended(before, last);
    }

    private long next() {
        return 1
                + images.stream()
                        .flatMap(image -> image.sightings().stream())
                        .mapToLong(Sighting::order)
                        .max()
                        .orElse(0);
    }

    RunContents with(RecordedImage image, PendingStatement statement) throws InvalidInputException {
        if (image.statements().stream().anyMatch(known -> known.payload().equals(statement.payload()))) {
            return this;
        }
        requireRoom(image.statements(), MAX_STATEMENTS, "statements about " + image.pinned());
        return replaced(new RecordedImage(
                image.reference(),
                image.digest(),
                image.sightings(),
                appended(image.statements(), statement),
                image.signatures()));
    }

    RunContents with(RecordedImage image, SignatureEntry signature) throws InvalidInputException {
        requireRoom(image.signatures(), MAX_SIGNATURES, "signatures of " + image.pinned());
        return replaced(new RecordedImage(
                image.reference(),
                image.digest(),
                image.sightings(),
                image.statements(),
                appended(image.signatures(), signature)));
    }

    RunContents with(VerdictEntry verdict) throws InvalidInputException {
        requireRoom(verdicts, MAX_VERDICTS, "verdicts");
        return new RunContents(images, appended(verdicts, verdict));
    }

    /** Notes that the image of the verdict with this number is at its target now. */
    RunContents promoted(int number, ImageReference target) throws InvalidInputException {
        if (number < 1 || number > verdicts.size()) {
            throw new InvalidInputException("this run has no verdict " + number);
        }
        List<VerdictEntry> changed = new ArrayList<>(verdicts);
        changed.set(number - 1, verdicts.get(number - 1).promotedTo(target));
        return new RunContents(images, changed);
    }

    private RunContents atEnd(RecordedImage image) throws InvalidInputException {
        List<RecordedImage> others = new ArrayList<>(images);
        others.removeIf(other -> isSame(other, image));
        requireRoom(others, MAX_IMAGES, "images");
        others.add(image);
        return new RunContents(others, verdicts);
    }

    private RunContents replaced(RecordedImage image) {
        return new RunContents(
                images.stream()
                        .map(other -> isSame(other, image) ? image : other)
                        .toList(),
                verdicts);
    }

    private static boolean isSame(RecordedImage one, RecordedImage other) {
        return one.digest().equals(other.digest())
                && one.reference().repository().equals(other.reference().repository());
    }

    private static void requireRoom(List<?> list, int max, String what) throws InvalidInputException {
        if (list.size() >= max) {
            throw new InvalidInputException(
                    "this run has " + max + " " + what + " already; use several runs instead of one");
        }
    }

    private static <T> List<T> appended(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
