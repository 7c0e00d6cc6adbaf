package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import io.jenkins.plugins.airworthy.evidence.Observer;

/**
 * The initial text of a new policy in the editor.
 *
 * @param key whose signatures count
 * @param observed the least trusted observer that this controller has
 */
public record PolicyTemplate(String key, Observer observed, String staging, String production) {
    /** With names of an example, for a controller on which nothing is set up. */
    public static final PolicyTemplate EXAMPLE =
            new PolicyTemplate("release", Observer.TRUSTED_AGENT, "registry.example.com", "registry.example.com");

    /** With the names of what is set up, as far as it is. */
    static PolicyTemplate of(PolicySurroundings found) {
        String staging = found.firstStaging().orElse(EXAMPLE.staging);
        return new PolicyTemplate(
                found.signing().stream().findFirst().orElse(EXAMPLE.key),
                found.trustedAgents() ? Observer.TRUSTED_AGENT : Observer.BUILD_AGENT,
                staging,
                found.firstProduction().orElse(staging));
    }

    public String text() {
        return """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  trust: {keys: ["%s"], observed: %s}
                  images:
                    - {from: "%s/staging/{app**}", to: "%s/production/{app**}"}
                  checklist:
                    - signature: {threshold: 1}
                    - vulnerabilities: {maxAge: 24h, databaseMaxAge: 7d, deny: [CRITICAL, HIGH]}
                    - sbom: {format: cyclonedx}
                """.formatted(key, observed, staging, production);
    }
}
