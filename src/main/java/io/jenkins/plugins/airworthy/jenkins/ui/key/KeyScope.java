package io.jenkins.plugins.airworthy.jenkins.ui.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.scope.ImageScope;
import io.jenkins.plugins.airworthy.jenkins.config.scope.JobScope;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.form.FormChoices;
import io.jenkins.plugins.airworthy.jenkins.form.FormLines;

import java.util.List;
import java.util.stream.Stream;

/**
 * The scope of a key from a form. Refuses values that are not roles or kinds of runs, names that no job can have, and patterns
 * that no policy would accept.
 */
record KeyScope(List<KeyRole> roles, List<String> folders, List<String> images, List<RunKind> accepts) {
    static KeyScope of(List<String> roles, String folders, String images, List<String> accepts)
            throws InvalidInputException {
        List<String> patterns = FormLines.of(images);
        ImageScope.of(patterns, "images");
        return new KeyScope(
                FormChoices.of(KeyRole.class, roles),
                JobScope.of(FormLines.of(folders), "folders").names(),
                patterns,
                FormChoices.of(RunKind.class, accepts));
    }

    void applyTo(KeyEntry key) {
        // The box of a role that is not used cannot be ticked: what the configuration says of it stays.
        key.setRoles(Stream.concat(roles.stream(), key.getRoles().stream().filter(role -> !role.isUsed()))
                .distinct()
                .toList());
        key.setFolders(folders);
        key.setImages(images);
        key.setAccepts(accepts);
    }
}
