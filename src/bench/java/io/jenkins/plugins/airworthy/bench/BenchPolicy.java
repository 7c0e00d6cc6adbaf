package io.jenkins.plugins.airworthy.bench;

/** The policies that the benchmark judges by. */
final class BenchPolicy {
    /** Asks for a signature and nothing else. */
    static String signedOnly(String from, String to) {
        return """
            apiVersion: airworthy/v1
            kind: Policy
            metadata: {name: signed}
            spec:
              trust: {keys: [release], observed: build-agent}
              images:
                - {from: "%s", to: "%s"}
              checklist:
                - signature: {threshold: 1}
              without:
                - {rule: vulnerabilities, reason: only the speed of copying is measured}
            """.formatted(from, to);
    }

    /** Asks for a signature and for each of the five attestations that a build, a test and a scan leave. */
    static String fiveAttestations(String host) {
        return """
            apiVersion: airworthy/v1
            kind: Policy
            metadata: {name: whole}
            spec:
              trust: {keys: [release], observed: build-agent}
              images:
                - {from: "%s/staging/{app}", to: "%s/production/{app}"}
              checklist:
                - signature: {threshold: 1}
                - provenance: {builders: ["https://plugins.jenkins.io/airworthy/builders/command-line"]}
                - tests: {minimum: 1, failures: 0}
                - vulnerabilities: {maxAge: 24h, databaseMaxAge: 3650d, deny: [CRITICAL], onlyFixable: true}
                - sbom: {format: cyclonedx}
                - sbom: {format: spdx}
            """.formatted(host, host);
    }

    /** Asks for a signature and for a test result, of which there may be very many. */
    static String signedAndTested(String host) {
        return """
            apiVersion: airworthy/v1
            kind: Policy
            metadata: {name: tested}
            spec:
              trust: {keys: [release], observed: build-agent}
              images:
                - {from: "%s/staging/{app}", to: "%s/production/{app}"}
              checklist:
                - signature: {threshold: 1}
                - tests: {minimum: 1, failures: 0}
              without:
                - {rule: vulnerabilities, reason: only the number of statements is measured}
            """.formatted(host, host);
    }

    /** Asks for a signature and for all that a nightly scan leaves. */
    static String scannedNightly(String host) {
        return """
            apiVersion: airworthy/v1
            kind: Policy
            metadata: {name: nightly}
            spec:
              trust: {keys: [release], observed: build-agent}
              images:
                - {from: "%s/staging/{app}", to: "%s/production/{app}"}
              checklist:
                - signature: {threshold: 1, trust: {observed: imported}}
                - vulnerabilities:
                    {maxAge: 24h, databaseMaxAge: 24h, deny: [CRITICAL], allow: [unknown-os]}
                - sbom: {format: cyclonedx}
                - sbom: {format: spdx}
            """.formatted(host, host);
    }

    /** Asks for a signature and a bill of materials. */
    static String listed(String host) {
        return """
            apiVersion: airworthy/v1
            kind: Policy
            metadata: {name: listed}
            spec:
              trust: {keys: [release], observed: build-agent}
              images:
                - {from: "%s/staging/{app}"}
              checklist:
                - signature: {threshold: 1}
                - sbom: {format: cyclonedx}
              without:
                - {rule: vulnerabilities, reason: only the reading of bills of materials is measured}
            """.formatted(host);
    }

    private BenchPolicy() {}
}
