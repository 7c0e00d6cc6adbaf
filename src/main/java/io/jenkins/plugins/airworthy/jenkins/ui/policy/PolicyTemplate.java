package io.jenkins.plugins.airworthy.jenkins.ui.policy;

/** The initial text of a new policy in the editor. */
public final class PolicyTemplate {
    private PolicyTemplate() {}

    public static String text() {
        return """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  trust: {keys: [release], observed: trusted-agent}
                  images:
                    - {from: "registry.example.com/staging/{app**}", to: "registry.example.com/production/{app**}"}
                  checklist:
                    - signature: {threshold: 1}
                    - vulnerabilities: {maxAge: 24h, databaseMaxAge: 7d, deny: [CRITICAL, HIGH]}
                    - sbom: {format: cyclonedx}
                """;
    }
}
