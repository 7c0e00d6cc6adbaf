package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Records of runs in a folder, and what they hold. */
public final class ARun {
    public static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    public static final RecordMac SEAL = new TestSeal("of this controller");
    public static final ImageReference SHOP = reference("registry.example.com/staging/shop:1");
    public static final ImageReference TOOL = reference("registry.example.com/staging/tool:1");
    public static final Digest DIGEST = Digest.of("an image".getBytes(UTF_8));
    public static final Digest OTHER = Digest.of("another image".getBytes(UTF_8));

    private ARun() {}

    public static ImageRecord record(Path folder) {
        return record(folder, 7);
    }

    public static ImageRecord record(Path folder, int number) {
        return new ImageRecord(new RecordFile(new RecordFolder(() -> folder), SEAL, number, NOW));
    }

    public static ImageReference reference(String text) {
        try {
            return ImageReference.parse(text);
        } catch (InvalidInputException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static RecordedImage image(ImageReference reference, Digest digest, Sighting... sightings) {
        return new RecordedImage(reference, digest, List.of(sightings), List.of(), List.of());
    }

    public static Sighting built(long order, ImageReference reference) {
        return new Sighting(order, Sighting.Way.BUILT, reference, ParallelPath.NONE);
    }

    public static Sighting adopted(long order, ImageReference reference) {
        return new Sighting(order, Sighting.Way.ADOPTED, reference, ParallelPath.NONE);
    }

    public static Sighting seen(long order, ImageReference reference) {
        return new Sighting(order, Sighting.Way.LOOKED_AT, reference, ParallelPath.NONE);
    }

    public static Statement provenance(Digest digest) {
        return statement(PredicateTypes.PROVENANCE, digest, Observer.CONTROLLER, "built");
    }

    public static Statement tests(Digest digest, String suite) {
        return statement(PredicateTypes.TEST_RESULT, digest, Observer.BUILD_AGENT, suite);
    }

    public static Statement statement(String type, Digest digest, Observer observer, String content) {
        return new Statement(
                new Subject(Optional.of("shop"), digest),
                Optional.of(new Observation(observer, NOW)),
                type,
                StrictJson.object().put("content", content));
    }

    public static PendingStatement pending(String type, KeyRole role, Digest subject, String content) {
        return new PendingStatement(
                type, subject, Digest.of(content.getBytes(UTF_8)), role, Observer.CONTROLLER, NOW, "summary");
    }

    public static SignatureEntry signature(String type, Digest subject, Digest payload) {
        return new SignatureEntry(type, subject, payload, "release", "ab".repeat(32), OTHER, NOW);
    }
}
