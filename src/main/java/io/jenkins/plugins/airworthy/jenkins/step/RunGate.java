package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.MissingTrust;
import io.jenkins.plugins.airworthy.gate.PromoteRequest;
import io.jenkins.plugins.airworthy.gate.Promotion;
import io.jenkins.plugins.airworthy.gate.VerdictText;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.Policies;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.SigstoreInstance;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.ControllerLedger;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageSelector;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedVerdict;
import io.jenkins.plugins.airworthy.jenkins.run.signing.LoggedSigner;
import io.jenkins.plugins.airworthy.policy.Decision;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The gate within the rights of one run: a policy that its job is offered and that accepts the run's kind, and the administrator's
 * keys and registries. A job chooses among these and cannot change them. Every verdict is in the run's record before it takes
 * effect.
 */
final class RunGate {
    private static final String REST = "the run's Airworthy page lists them";

    private final StepEnvironment place;
    private final PolicyEntry entry;
    private final Policy policy;
    private final ImageRecord record;
    private final List<TrustedKey> keys;
    private final Optional<CertificateTrust> certificates;

    RunGate(StepEnvironment place, String policyName) throws AirworthyException {
        this.place = place;
        this.entry = Policies.current()
                .offered(GivenText.of(policyName).orElse(null), place.run().getParent());
        this.policy = entry.policy();
        this.record = ImageRecord.of(place.run());
        this.keys = AirworthyConfiguration.get().keyRing().trustedKeys();
        this.certificates = AirworthyConfiguration.get().getSigstore().trust();
    }

    /** The image that a step's argument means. */
    ImageReference image(String given) throws AirworthyException {
        ImageReference image = ImageSelector.of(place).ofAnyRun(place.expand(given));
        AllowedLocations.current().require(image);
        return image;
    }

    Judged verify(ImageReference image, Optional<ImageReference> target)
            throws AirworthyException, InterruptedException {
        VerifyRequest request = new VerifyRequest(image, target, policy, keys, certificates);
        report(request.missingTrust());
        Judged judged = gate().verify(request, place.progress());
        record.judged(recorded(judged));
        print(judged);
        return judged;
    }

    Promotion promote(ImageReference image, ImageReference target) throws AirworthyException, InterruptedException {
        Run<?, ?> run = place.run();
        entry.requireAccepts(RunOrigin.of(run).kinds(), "promote images");
        ControllerLedger.current().requireGood();
        LoggedSigner summaryKey = LoggedSigner.open(
                AirworthyConfiguration.get().keyRing().signingKey(null, KeyRole.VERDICT, run.getParent(), target),
                run,
                target.repository(),
                Registries.current().evidenceFormat(target));
        PromoteRequest request = new PromoteRequest(
                image,
                target,
                policy,
                keys,
                certificates,
                Optional.of(summaryKey),
                RunOrigin.of(run).controllerUrl(),
                Observer.CONTROLLER);
        report(request.missingTrust());
        int[] number = new int[1];
        Promotion promotion = gate().promote(
                        request,
                        judged -> {
                            number[0] = record.judged(recorded(judged));
                            print(judged);
                        },
                        place.progress());
        if (promotion instanceof Promotion.Promoted promoted) {
            note(promoted, target, number[0]);
        }
        return promotion;
    }

    private void note(Promotion.Promoted promoted, ImageReference target, int number) throws AirworthyException {
        try {
            record.promoted(number, promoted.target());
        } catch (AirworthyException failure) {
            throw new UndecidedException(
                    target + " is promoted, but this run's record could not be updated: " + failure.getMessage(),
                    failure);
        }
        place.progress()
                .say("promoted " + target + " at " + promoted.judged().verdict().digest() + ": "
                        + promoted.copied().counts());
    }

    private Gate gate() throws AirworthyException {
        return new Gate(
                Registries.current().controllerStores(place.run()),
                Clock.systemUTC(),
                AirworthyConfiguration.get().verdictTimeLimit(),
                SignatureLog.current()::statements);
    }

    private static RecordedVerdict recorded(Judged judged) {
        return new RecordedVerdict(
                judged.verdict().image(),
                judged.verdict().digest(),
                judged.verdict().target(),
                judged.verdict().decision(),
                judged.toJson(),
                judged.verdict().evaluatedAt(),
                Optional.empty());
    }

    private void print(Judged judged) throws AirworthyException {
        VerdictText.of(judged, REST).forEach(line -> place.progress().say(line.toString()));
        if (judged.verdict().decision() == Decision.FAILED) {
            advice(judged.verdict().image().at(judged.verdict().digest()))
                    .ifPresent(advice -> place.progress().say("  " + advice));
        }
    }

    /** Advice about statements that this run did not sign, for its log; the run's page shows the same. */
    Optional<String> advice(ImageReference image) throws AirworthyException {
        return record.advice(image);
    }

    private void report(MissingTrust missing) throws AirworthyException {
        missing.tell(
                name -> ", which is not set up here or was revoked",
                ", but no trusted root is set up that could vouch for them: an administrator can add one "
                        + SigstoreInstance.WHERE,
                place.progress());
    }
}
