package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.gate.PrunePlan;
import io.jenkins.plugins.airworthy.gate.PruneRequest;
import io.jenkins.plugins.airworthy.gate.Pruner;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.Policies;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageSelector;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Removes replaced statements within the rights of one run: of images that its policy names, by signers that its policy trusts,
 * and only if the policy accepts the run's kind. Each removal is in the controller's record before it happens, so that no gate
 * reports the statement as missing; since all policies share that record, statements that any policy counts stay.
 */
final class RunPruner {
    /** How many removals are logged one by one. */
    private static final int MAX_TOLD = 20;

    private final StepEnvironment place;
    private final PolicyEntry entry;
    private final Policy policy;
    private final Clock clock = Clock.systemUTC();

    RunPruner(StepEnvironment place, String policyName) throws AirworthyException {
        this.place = place;
        this.entry = Policies.current()
                .offered(GivenText.of(policyName).orElse(null), place.run().getParent());
        this.policy = entry.policy();
    }

    PrunedValue prune(String given, boolean dryRun) throws AirworthyException, InterruptedException {
        Run<?, ?> run = place.run();
        entry.requireAccepts(RunOrigin.of(run).kinds(), "remove evidence");
        ImageReference image = ImageSelector.of(place).ofAnyRun(place.expand(given));
        AllowedLocations.current().require(image);
        if (!policy.isFor(image)) {
            throw new InvalidInputException(
                    entry + " is not for '" + image + "': evidence is removed only from images that its 'from' names");
        }
        Pruner pruner = new Pruner(Registries.current().controllerStores(run), clock, this::record);
        PrunePlan plan = pruner.plan(
                new PruneRequest(image, signers(), Policies.current().documents()), place.progress());
        report(plan, dryRun);
        if (!dryRun) {
            pruner.remove(image, plan, place.progress());
        }
        int replaced = plan.removals().size();
        place.progress()
                .say((dryRun ? "a dry run removed nothing of " : "removed ") + Count.of(replaced, "statement")
                        + " about " + image + "; kept: " + plan.kept());
        return new PrunedValue(image.toString(), replaced, dryRun ? 0 : replaced, plan.kept());
    }

    private TrustedSigners signers() throws AirworthyException {
        List<TrustedKey> keys = AirworthyConfiguration.get().keyRing().trustedKeys().stream()
                .filter(key -> policy.keys().contains(key.name()))
                .toList();
        return new TrustedSigners(
                keys, AirworthyConfiguration.get().getSigstore().trust(), policy.identities());
    }

    private void record(Digest subject, String predicateType, Digest payload) throws AirworthyException {
        SignatureLog.current()
                .pruned(new SignatureLog.Pruned(
                        clock.instant(),
                        subject,
                        payload,
                        place.run().getExternalizableId(),
                        "a newer statement of the same signer replaces it, pruned by " + entry));
    }

    private void report(PrunePlan plan, boolean dryRun) {
        plan.removals().stream().limit(MAX_TOLD).forEach(removal -> place.progress()
                .say((dryRun ? "would remove " : "removes ")
                        + removal.evidence().manifest() + ": "
                        + removal.evidence().predicateType() + " by "
                        + removal.evidence().signer().label()
                        + removal.evidence()
                                .seen()
                                .map(Observation::at)
                                .map(at -> " at " + at.truncatedTo(ChronoUnit.SECONDS))
                                .orElse("")
                        + (removal.copy() ? ", a copy" : "")));
        if (plan.removals().size() > MAX_TOLD) {
            place.progress().say("and " + (plan.removals().size() - MAX_TOLD) + " more");
        }
    }
}
