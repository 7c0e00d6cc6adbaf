package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.scm.SCM;
import io.jenkins.plugins.airworthy.image.name.Digest;
import jenkins.model.Jenkins;

import java.nio.charset.StandardCharsets;

/** The settings of a source control as Jenkins saves them: equal saved settings give equal checkouts. */
final class ScmSettings {
    private ScmSettings() {}

    /** Identifies the settings without revealing them. */
    static String digest(SCM scm) {
        return Digest.of(Jenkins.XSTREAM2.toXML(scm).getBytes(StandardCharsets.UTF_8))
                .hex();
    }
}
