package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.scope.ImageScope;
import io.jenkins.plugins.airworthy.jenkins.config.scope.JobScope;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;

import java.util.Optional;
import java.util.Set;

/**
 * What a job wants signed, and why a key may not do it.
 *
 * @param job full name
 * @param built whether the run that asks built the image itself; otherwise it only looked at it
 * @param kinds of the run that asks
 */
record KeyRequest(KeyRole role, String job, ImageReference image, boolean built, Set<RunKind> kinds) {
    KeyRequest {
        kinds = Set.copyOf(kinds);
    }

    boolean isInReachOf(KeyEntry key) throws InvalidInputException {
        return JobScope.of(key.getFolders(), key.toString()).covers(job);
    }

    /** Why the key may not sign, and what an administrator could change; absent if it may. */
    Optional<String> refusal(KeyEntry key, KeyStates states) throws InvalidInputException {
        if (!isInReachOf(key)) {
            return Optional.of(key + " is for the folders and jobs " + key.getFolders() + ", and not for " + job);
        }
        Optional<KeyEnding> ending = states.ending(key);
        if (ending.isPresent()) {
            String word = ending.get().word();
            return Optional.of(
                    key.getState() == ending.get().state()
                            ? key + " is " + word + " and no longer signs"
                            : key + " is permanently " + word
                                    + ", whatever its configuration says: it no longer signs");
        }
        if (!key.canSign()) {
            return Optional.of(key + " only verifies: its private half is not here");
        }
        if (!key.getRoles().contains(role)) {
            return Optional.of(key + " does not sign " + role.plural() + ": an administrator can give it the role "
                    + role.setting());
        }
        if (!ImageScope.of(key.getImages(), key.toString()).covers(image)) {
            return Optional.of(key + " signs images named " + key.getImages() + " only, and not " + image.repository());
        }
        if (!built && role != KeyRole.VERDICT && key.getImages().isEmpty()) {
            return Optional.of(key + " signs " + role.plural()
                    + " only about images that the same run built, and this run"
                    + " did not build " + image.repository() + ": an administrator can name, in the key's 'Names of"
                    + " images' (images in code),"
                    + " the images of other runs that it signs about");
        }
        for (RunKind kind : kinds) {
            if (kind.isMarked() && !key.getAccepts().contains(kind)) {
                return Optional.of(key + " does not sign " + role.plural() + " of " + kind.meaning()
                        + ": an administrator can let it accept " + kind.setting());
            }
        }
        if (kinds.contains(RunKind.ADOPTED) && !isBound(key)) {
            return Optional.of(key + " signs adopted images only if it names both folders and images: an administrator"
                    + " can name them");
        }
        return Optional.empty();
    }

    /** Whether it is for some jobs and for some images only. */
    private static boolean isBound(KeyEntry key) {
        return !key.getFolders().isEmpty() && !key.getImages().isEmpty();
    }
}
