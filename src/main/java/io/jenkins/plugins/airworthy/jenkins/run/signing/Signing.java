package io.jenkins.plugins.airworthy.jenkins.run.signing;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.run.record.SignatureEntry;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.SignedStatement;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Signs and attaches statements to one image in a registry. Refuses a statement that is not about this image or its platforms. */
final class Signing {
    private final ImageStore store;
    private final ResolvedImage image;
    private final Map<Digest, Descriptor> subjects = new HashMap<>();
    private final Clock clock;

    private Signing(ImageStore store, ResolvedImage image, Clock clock) {
        this.store = store;
        this.image = image;
        this.clock = clock;
        for (PlatformImage platform : image.platforms()) {
            subjects.put(platform.digest(), platform.manifest().descriptor());
        }
        subjects.put(image.digest(), image.descriptor());
    }

    static Signing of(ImageStore store, RecordedImage recorded, Clock clock)
            throws AirworthyException, InterruptedException {
        return new Signing(store, ImageReader.read(store, recorded.pinned()), clock);
    }

    SignatureEntry attach(Statement statement, LoggedSigner signer) throws AirworthyException, InterruptedException {
        Descriptor subject = Optional.ofNullable(
                        subjects.get(statement.subject().digest()))
                .orElseThrow(() -> new InvalidInputException(
                        "a statement about " + statement.subject().digest() + " does not belong to " + image.pinned()));
        Digest payload = Digest.of(statement.toBytes());
        SignedStatement signed = signer.sign(statement);
        Descriptor evidence = EvidenceWriter.attach(store, subject, signed, clock);
        return new SignatureEntry(
                statement.predicateType(),
                statement.subject().digest(),
                payload,
                signer.name(),
                signed.key().fingerprint(),
                evidence.digest(),
                clock.instant());
    }
}
