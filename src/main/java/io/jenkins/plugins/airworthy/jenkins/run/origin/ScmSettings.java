package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.scm.SCM;
import io.jenkins.plugins.airworthy.image.name.Digest;
import jenkins.model.Jenkins;

import java.nio.charset.StandardCharsets;

/** The settings of a source control as Jenkins saves them: two that are saved alike check out alike. */
record ScmSettings(String xml) {
    static ScmSettings of(SCM scm) {
        return new ScmSettings(Jenkins.XSTREAM2.toXML(scm));
    }

    /** Names the settings, and shows nothing of them. */
    String digest() {
        return Digest.of(xml.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
