package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.scm.SCM;
import io.jenkins.plugins.airworthy.image.name.Digest;
import jenkins.model.Jenkins;

import java.nio.charset.StandardCharsets;

/** The settings of a source control as Jenkins saves them: two that are saved alike check out alike. */
final class ScmSettings {
    private ScmSettings() {}

    /** Names the settings, and shows nothing of them. */
    static String digest(SCM scm) {
        return Digest.of(Jenkins.XSTREAM2.toXML(scm).getBytes(StandardCharsets.UTF_8))
                .hex();
    }
}
