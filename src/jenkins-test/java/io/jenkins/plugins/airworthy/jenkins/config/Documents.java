package io.jenkins.plugins.airworthy.jenkins.config;

import java.util.List;

/** Sound entries for tests. */
final class Documents {
    private Documents() {}

    static String policy(String name) {
        return """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: %s}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images:
                    - {from: "registry.example.com/staging/{app}", to: "registry.example.com/prod/{app}"}
                  checklist:
                    - signature: {threshold: 1}
                  without: [{rule: vulnerabilities, reason: "an example"}]
                """.formatted(name);
    }

    static RegistryEntry registry() {
        RegistryEntry registry = new RegistryEntry("registry.example.com:5000");
        registry.setRole(RegistryRole.PRODUCTION);
        registry.setCredentialsId("gate");
        registry.setAgentCredentialsId("builds");
        registry.setPlainHttp(true);
        registry.setTokenRealms(List.of("auth.example.com", "tokens.example.com"));
        return registry;
    }

    /** One that knows the controller by a certificate. */
    static RegistryEntry certified() {
        RegistryEntry registry = new RegistryEntry("certified.example.com");
        registry.setRole(RegistryRole.PRODUCTION);
        registry.setClientCertificateId("gate-certificate");
        return registry;
    }

    static TrivyOptions trivy() {
        TrivyOptions trivy = new TrivyOptions();
        trivy.setServer("https://trivy.example.com:4954");
        trivy.setTokenCredentialsId("trivy-token");
        trivy.setCache("/var/cache/trivy");
        trivy.setOffline(true);
        trivy.setMinutes(7);
        return trivy;
    }
}
