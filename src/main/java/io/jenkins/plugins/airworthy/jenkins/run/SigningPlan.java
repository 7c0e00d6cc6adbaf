package io.jenkins.plugins.airworthy.jenkins.run;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.jenkins.config.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.RunKind;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run may have signed of an image now. The image itself and its provenance only when this very run built it; tests,
 * scans and bills of materials whenever a step of ours observed them in this run. What is signed already is left out.
 *
 * @param tasks in the order in which they are signed
 */
record SigningPlan(List<Task> tasks) {
    /**
     * Whose content is only as good as the run's instructions, so that a key must accept what kind of run it is. What is tested,
     * the run's workspace says; what a scanner looks for, it does not.
     */
    private static final Set<KeyRole> BY_INSTRUCTION =
            EnumSet.of(KeyRole.IMAGE, KeyRole.PROVENANCE, KeyRole.TEST, KeyRole.APPROVAL);

    SigningPlan {
        tasks = List.copyOf(tasks);
    }

    /**
     * One signature to make.
     *
     * @param statement what to sign; absent for the image itself
     */
    record Task(KeyRole role, Optional<PendingStatement> statement) {}

    static SigningPlan of(RecordedImage image) throws InvalidInputException {
        List<Task> tasks = new ArrayList<>();
        if (image.built() && !isSigned(image)) {
            tasks.add(new Task(KeyRole.IMAGE, Optional.empty()));
        }
        for (PendingStatement statement : image.unsigned()) {
            if (image.built() || SignedTypes.OBSERVED.contains(statement.role())) {
                tasks.add(new Task(statement.role(), Optional.of(statement)));
            }
        }
        if (tasks.isEmpty() && image.signatures().isEmpty()) {
            throw new InvalidInputException("this run did not build " + image.pinned()
                    + " and observed nothing of it, so there is nothing that it may sign: build it here with imageBuild,"
                    + " or let imageTest or imageScan look at it first");
        }
        return new SigningPlan(tasks);
    }

    /** The kinds of runs that a key must accept for a role. */
    static Set<RunKind> toAccept(KeyRole role, Set<RunKind> kinds) {
        return BY_INSTRUCTION.contains(role) ? kinds : Set.of();
    }

    private static boolean isSigned(RecordedImage image) {
        return image.signatures().stream()
                .anyMatch(made -> made.predicateType().equals(PredicateTypes.COSIGN_SIGNATURE)
                        && made.subject().equals(image.digest()));
    }
}
