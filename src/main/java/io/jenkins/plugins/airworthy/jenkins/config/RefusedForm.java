package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.jenkins.config.key.SigstoreInstance;
import jakarta.servlet.http.HttpSession;

import java.util.List;
import java.util.Optional;

/**
 * What a person sent with our part of the Security page and what was wrong with it, so that the form can be shown again without loss.
 * It is in that person's session until it is shown once; it contains no secrets, only the names of credentials.
 */
public final class RefusedForm {
    private static final String ATTRIBUTE = RefusedForm.class.getName();

    private final SecurityForm sent;
    private final String problem;

    RefusedForm(SecurityForm sent, String problem) {
        this.sent = sent;
        this.problem = problem;
    }

    void keepIn(HttpSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    static Optional<RefusedForm> takeFrom(HttpSession session) {
        Object kept = session.getAttribute(ATTRIBUTE);
        session.removeAttribute(ATTRIBUTE);
        return Optional.ofNullable(kept).filter(RefusedForm.class::isInstance).map(RefusedForm.class::cast);
    }

    public String getProblem() {
        return problem;
    }

    public List<RegistryEntry> getRegistries() {
        return sent.registries();
    }

    public String getTrustedAgentLines() {
        return String.join("\n", sent.trustedAgents());
    }

    public String getLayoutFolderLines() {
        return String.join("\n", sent.layoutFolders());
    }

    public int getVerdictMinutes() {
        return sent.verdictMinutes();
    }

    public TrivyOptions getTrivy() {
        return sent.trivy();
    }

    public SigstoreInstance getSigstore() {
        return sent.sigstore();
    }
}
