package io.jenkins.plugins.airworthy.jenkins.ui.run;

import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.run.record.SignatureEntry;
import io.jenkins.plugins.airworthy.jenkins.ui.element.ShownDigest;
import io.jenkins.plugins.airworthy.jenkins.ui.element.ShownTime;

import java.util.List;

/**
 * An image of a run, as its page shows it.
 *
 * @param origin whether the run built it or looked at it
 * @param signatures what was signed and attached, with the manifests that hold it
 */
public record ShownImage(
        String reference,
        ShownDigest digest,
        String origin,
        List<ShownStatement> statements,
        List<ShownSignature> signatures) {
    public ShownImage {
        statements = List.copyOf(statements);
        signatures = List.copyOf(signatures);
    }

    /** A signature in the list. */
    public record ShownSignature(String kind, String key, String fingerprint, ShownDigest evidence, ShownTime at) {
        static ShownSignature of(SignatureEntry made) {
            return new ShownSignature(
                    ShownStatement.kind(made.predicateType()),
                    made.keyName(),
                    made.fingerprint(),
                    ShownDigest.of(made.evidence()),
                    ShownTime.of(made.at()));
        }
    }

    static ShownImage of(RecordedImage image) {
        return new ShownImage(
                image.reference().toString(),
                ShownDigest.of(image.digest()),
                image.built() ? "built by this run" : image.adopted() ? "adopted by this run" : "looked at by this run",
                image.statements().stream()
                        .map(statement -> ShownStatement.of(statement, image))
                        .toList(),
                image.signatures().stream().map(ShownSignature::of).toList());
    }
}
