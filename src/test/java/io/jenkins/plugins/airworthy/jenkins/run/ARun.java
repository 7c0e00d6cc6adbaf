package io.jenkins.plugins.airworthy.jenkins.run;

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

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Records of runs in a folder, and what they hold. */
final class ARun {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final Seal SEAL = new TestSeal("of this controller");
    static final ImageReference SHOP = reference("registry.example.com/staging/shop:1");
    static final ImageReference TOOL = reference("registry.example.com/staging/tool:1");
    static final Digest DIGEST = Digest.of("an image".getBytes(UTF_8));
    static final Digest OTHER = Digest.of("another image".getBytes(UTF_8));

    private ARun() {}

    static ImageRecord record(Path folder) {
        return record(folder, 7);
    }

    static ImageRecord record(Path folder, int number) {
        return new ImageRecord(new RecordFile(new RecordFolder(() -> folder), SEAL, number, NOW));
    }

    static ImageReference reference(String text) {
        try {
            return ImageReference.parse(text);
        } catch (InvalidInputException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static RecordedImage image(ImageReference reference, Digest digest, Sighting... sightings) {
        return new RecordedImage(reference, digest, List.of(sightings), List.of(), List.of());
    }

    static Sighting built(long order, ImageReference reference) {
        return new Sighting(order, true, reference, ParallelPath.NONE);
    }

    static Sighting seen(long order, ImageReference reference) {
        return new Sighting(order, false, reference, ParallelPath.NONE);
    }

    static Statement provenance(Digest digest) {
        return statement(PredicateTypes.PROVENANCE, digest, Observer.CONTROLLER, "built");
    }

    static Statement tests(Digest digest, String suite) {
        return statement(PredicateTypes.TEST_RESULT, digest, Observer.BUILD_AGENT, suite);
    }

    static Statement statement(String type, Digest digest, Observer observer, String content) {
        return new Statement(
                new Subject(Optional.of("shop"), digest),
                Optional.of(new Observation(observer, NOW)),
                type,
                StrictJson.object().put("content", content));
    }

    static PendingStatement pending(String type, KeyRole role, Digest subject, String content) {
        return new PendingStatement(
                type, subject, Digest.of(content.getBytes(UTF_8)), role, Observer.CONTROLLER, NOW, "summary");
    }

    static MadeSignature signature(String type, Digest subject, Digest payload) {
        return new MadeSignature(type, subject, payload, "release", "ab".repeat(32), OTHER, NOW);
    }
}
