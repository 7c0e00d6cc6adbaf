package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.policy.Candidate;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceFound;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.attach.RejectedEvidence;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads an image, its evidence and its bases, and lets the policy judge them. */
final class EvidenceCollector {
    private final BaseReader bases;
    private final KnownStatements known;
    private final Clock clock;
    private final Optional<RecallCheck> recalls;

    EvidenceCollector(ImageStores stores, KnownStatements known, Clock clock, Optional<RecallCheck> recalls) {
        this.bases = new BaseReader(stores);
        this.known = known;
        this.clock = clock;
        this.recalls = recalls;
    }

    Judged judge(ImageStore store, VerifyRequest request, Progress progress)
            throws AirworthyException, InterruptedException {
        return judge(store, ImageReader.read(store, request.image()), request, progress);
    }

    /** Judges an image under the name that it was read by, or by another one. */
    Judged judge(ImageStore store, ResolvedImage image, VerifyRequest request, Progress progress)
            throws AirworthyException, InterruptedException {
        progress.say("read the evidence of " + image.pinned());
        List<VerifiedEvidence> verified = new ArrayList<>();
        List<RejectedEvidence> rejected = new ArrayList<>();
        int rejections = 0;
        PolicySelection asked = PolicySelection.of(request.policy(), recalls.isPresent());
        List<EvidenceTag> tags = new ArrayList<>();
        List<RecordedStatement> signed = new ArrayList<>();
        for (Digest subject : subjects(image)) {
            // Read the record first: statements signed from now on may be absent from the registry's list.
            signed.addAll(known.about(subject));
            EvidenceFound found = EvidenceReader.read(store, subject, request.signers(), asked)
                    .eachOnce();
            verified.addAll(found.verified());
            found.rejected().stream()
                    .limit(Judged.MAX_REJECTED - rejected.size())
                    .forEach(rejected::add);
            rejections += found.rejected().size();
            tags.addAll(found.tags());
        }
        Instant now = clock.instant();
        Candidate candidate = Candidate.of(
                image, request.target(), verified, new HiddenStatements(request.keys()).of(signed, verified));
        candidate = candidate.withBases(bases.read(request.policy().basesToRead(candidate, now)));
        Verdict verdict = recalls.isPresent()
                ? recalls.get().judge(request.policy(), candidate, image, now, progress)
                : request.policy().judge(candidate, now);
        Optional<Instant> built = new BuildTimes(request.policy(), now).finished(subjects(image), verified);
        return new Judged(verdict, image, rejected, rejections, tags, built);
    }

    /** The requested digest and, if it is an index, the digest of every image in it. */
    static Set<Digest> subjects(ResolvedImage image) {
        Set<Digest> subjects = new LinkedHashSet<>();
        subjects.add(image.digest());
        image.platforms().stream().map(PlatformImage::digest).forEach(subjects::add);
        return subjects;
    }
}
