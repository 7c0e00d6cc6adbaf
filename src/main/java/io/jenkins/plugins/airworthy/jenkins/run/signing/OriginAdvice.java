package io.jenkins.plugins.airworthy.jenkins.run.signing;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRing;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Warns, before a run builds, tests and scans, about refusals at its end that its origin will cause. Refuses nothing itself. */
public final class OriginAdvice {
    private OriginAdvice() {}

    /** The warnings for a run that is about to build an image, as sentences; usually none. */
    public static List<String> of(Run<?, ?> run, ImageReference image) {
        KeyRing ring = AirworthyConfiguration.get().keyRing();
        return of(
                RunOrigin.of(run),
                (role, toAccept) -> ring.signingKey(null, role, run.getParent(), image, true, toAccept));
    }

    /** The same for a run that adopted an image. Its provenance is never the controller's observation, so nothing is said of that. */
    public static List<String> ofAdopted(Run<?, ?> run, ImageReference image) {
        KeyRing ring = AirworthyConfiguration.get().keyRing();
        RunOrigin origin = RunOrigin.of(run);
        Set<RunKind> kinds = EnumSet.of(RunKind.ADOPTED);
        kinds.addAll(origin.kinds());
        return unsigned(
                origin,
                kinds,
                (role, toAccept) -> ring.signingKey(null, role, run.getParent(), image, false, toAccept));
    }

    static List<String> of(RunOrigin origin, KeySelection.Source keys) {
        List<String> advice = new ArrayList<>(unsigned(origin, origin.kinds(), keys));
        origin.source()
                .definition()
                .filter(source -> source.observer() != Observer.CONTROLLER)
                .ifPresent(
                        source -> advice.add(
                                "The provenance of this build will be observed by '" + Observer.BUILD_AGENT
                                        + "' only, since the controller did not read the source's revision itself; for a policy that asks for"
                                        + " more, untick 'Lightweight checkout' in the job's pipeline, or make it a multibranch project"));
        return advice;
    }

    private static List<String> unsigned(RunOrigin origin, Set<RunKind> kinds, KeySelection.Source keys) {
        List<String> advice = new ArrayList<>();
        if (origin.kinds().stream().anyMatch(RunKind::isMarked)) {
            origin.source().doubt().ifPresent(doubt -> advice.add("The source of this build is not known: " + doubt));
        }
        try {
            KeySelection.of(Map.of(KeyRole.IMAGE, kinds, KeyRole.PROVENANCE, kinds), keys);
        } catch (AirworthyException refusal) {
            advice.add("What is built here will not be signed: " + refusal.getMessage());
        }
        return advice;
    }
}
