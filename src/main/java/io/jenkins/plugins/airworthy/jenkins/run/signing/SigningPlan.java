package io.jenkins.plugins.airworthy.jenkins.run.signing;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.SignedTypes;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.run.record.PendingStatement;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statements about an image that a run may have signed now. Image and provenance only if this run built or adopted the image; tests,
 * scans and bills of materials if a step of ours observed them in this run. Signed statements are left out.
 *
 * @param image what is signed
 * @param tasks in the order in which they are signed
 */
record SigningPlan(RecordedImage image, List<Task> tasks) {
    /** Roles for scanner results. A workspace cannot change what a scanner looks for, but the agent may also run the run's instructions. */
    private static final Set<KeyRole> BY_SCANNER = EnumSet.of(KeyRole.SCAN, KeyRole.SBOM);

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
        if (image.made() && !isSigned(image)) {
            tasks.add(new Task(KeyRole.IMAGE, Optional.empty()));
        }
        for (PendingStatement statement : image.unsigned()) {
            if (image.made() || SignedTypes.OBSERVED.contains(statement.role())) {
                tasks.add(new Task(statement.role(), Optional.of(statement)));
            }
        }
        if (tasks.isEmpty() && image.signatures().isEmpty()) {
            throw new InvalidInputException("this run did not build " + image.pinned()
                    + " and observed nothing of it, so there is nothing that it may sign: build it here with imageBuild,"
                    + " or let imageTest or imageScan look at it first");
        }
        return new SigningPlan(image, tasks);
    }

    /**
     * The roles that keys are needed for, each with the kinds of runs that its key must accept. A key must accept the run's kind
     * if a statement depends on the run's instructions, or was observed on the machine where they ran.
     */
    Map<KeyRole, Set<RunKind>> toAccept(Set<RunKind> kinds) {
        Map<KeyRole, Set<RunKind>> toAccept = new EnumMap<>(KeyRole.class);
        for (Task task : tasks) {
            toAccept.merge(
                    task.role(),
                    isApart(task) ? Set.of() : image.kinds(kinds),
                    (one, other) -> one.isEmpty() ? other : one);
        }
        return toAccept;
    }

    /** Whether the run's instructions could not influence it. */
    private static boolean isApart(Task task) {
        return BY_SCANNER.contains(task.role())
                && task.statement()
                        .filter(seen -> seen.observer().atLeast(Observer.TRUSTED_AGENT))
                        .isPresent();
    }

    private static boolean isSigned(RecordedImage image) {
        return image.signatures().stream()
                .anyMatch(made -> made.predicateType().equals(PredicateTypes.COSIGN_SIGNATURE)
                        && made.subject().equals(image.digest()));
    }
}
