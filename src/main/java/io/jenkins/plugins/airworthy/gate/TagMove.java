package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.gate.history.Move;
import io.jenkins.plugins.airworthy.gate.history.PromotionHistory;
import io.jenkins.plugins.airworthy.gate.history.TargetHistory;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;

import java.time.Clock;
import java.util.Optional;

/**
 * The end of a promotion and of a rollback, with the image at the target already: the signed summary, the entry that says what will
 * happen, the tag, the entry that says that it did.
 */
final class TagMove {
    private final Optional<PromotionHistory> history;
    private final Clock clock;

    TagMove(Optional<PromotionHistory> history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    /**
     * Moves the tag.
     *
     * @param before what it was when the image was judged
     * @param back why, if this is a rollback
     * @return the manifest of the summary, if the request has a key for it
     */
    Optional<Digest> move(
            PromoteRequest request,
            Judged judged,
            Manifest manifest,
            ImageStore to,
            Optional<Digest> before,
            Optional<String> back,
            Progress progress)
            throws AirworthyException, InterruptedException {
        Optional<String> checkpoint =
                history.isEmpty() ? Optional.empty() : history.get().checkpoint(progress);
        Optional<Digest> summary = Optional.empty();
        if (request.summaryKey().isPresent()) {
            progress.say("attach the verification summary");
            summary = Optional.of(EvidenceWriter.attach(
                            to,
                            manifest.descriptor(),
                            VsaFactory.of(judged.verdict(), request, checkpoint, clock.instant()),
                            request.summaryKey().get(),
                            clock)
                    .digest());
        }
        String tag = request.target().newTag();
        requireUnmoved(request, to, tag, before);
        if (history.filter(PromotionHistory::records).isEmpty()) {
            to.tag(tag, manifest);
            return summary;
        }
        long begun = history.get()
                .begin(new Move(
                        TargetHistory.place(request.target()),
                        judged.verdict().digest(),
                        before,
                        judged.verdict().image().toString(),
                        judged.verdict().policyDigest(),
                        judged.built(),
                        request.barrier(),
                        back.isPresent(),
                        back));
        try {
            history.get().checkpoint(progress); // so that who has the ledger's disk cannot take back what was begun
            to.tag(tag, manifest);
        } catch (UndecidedException e) {
            settle(request, to, progress, e);
            throw e;
        }
        history.get().done(begun, summary);
        keepOutcome(progress);
        return summary;
    }

    /** The tag is moved and recorded, so what fails here is told and no failure. */
    private void keepOutcome(Progress progress) {
        try {
            history.orElseThrow().checkpoint(progress);
        } catch (AirworthyException e) {
            progress.say("the ledger's checkpoint with the outcome is not kept yet: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The registry's answer may have been lost, and not the request. */
    private void settle(PromoteRequest request, ImageStore to, Progress progress, UndecidedException failure)
            throws InterruptedException {
        try {
            history.orElseThrow().settle(request.target(), to).ifPresent(progress::say);
        } catch (AirworthyException e) {
            failure.addSuppressed(e); // the next use of the target settles it
        }
    }

    /** What was compared with the image must still be there. */
    private static void requireUnmoved(PromoteRequest request, ImageStore to, String tag, Optional<Digest> before)
            throws AirworthyException, InterruptedException {
        Optional<Digest> now = to.resolve(tag).map(Descriptor::digest);
        if (!now.equals(before)) {
            throw new UndecidedException(
                    request.target() + " was " + text(before) + " when the image was judged and is " + text(now)
                            + " now: somebody else moved the tag; try again");
        }
    }

    private static String text(Optional<Digest> digest) {
        return digest.map(Digest::abbreviated).orElse("no image");
    }
}
