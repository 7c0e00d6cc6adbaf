package io.jenkins.plugins.airworthy.evidence.provenance;

import io.jenkins.plugins.airworthy.evidence.CertificateExtension;

import java.util.Map;

/** Provenance as a workflow of GitHub has it signed, and what its certificate says. */
public final class GithubSamples {
    public static final String ISSUER = "https://token.actions.githubusercontent.com";

    private GithubSamples() {}

    /** A predicate of version 1. */
    public static String workflow(String repository, String ref, String commit, String builder) {
        return """
                {"buildDefinition": {
                  "buildType": "https://actions.github.io/buildtypes/workflow/v1",
                  "externalParameters": {"workflow": {
                    "ref": "%2$s", "repository": "%1$s", "path": ".github/workflows/release.yml"}},
                  "internalParameters": {"github": {"event_name": "push", "runner_environment": "github-hosted"}},
                  "resolvedDependencies": [{"uri": "git+%1$s@%2$s", "digest": {"gitCommit": "%3$s"}}]},
                 "runDetails": {
                  "builder": {"id": "%4$s"},
                  "metadata": {"invocationId": "%1$s/actions/runs/17/attempts/1"}}}
                """.formatted(repository, ref, commit, builder);
    }

    /** The extensions of the certificate of such a run. */
    public static Map<CertificateExtension, String> extensions(
            String repository, String ref, String commit, String builder) {
        return Map.of(
                CertificateExtension.BUILD_SIGNER,
                builder,
                CertificateExtension.RUNNER_ENVIRONMENT,
                "github-hosted",
                CertificateExtension.SOURCE_REPOSITORY,
                repository,
                CertificateExtension.SOURCE_REF,
                ref,
                CertificateExtension.SOURCE_COMMIT,
                commit,
                CertificateExtension.BUILD_CONFIG,
                repository + "/.github/workflows/release.yml@" + ref,
                CertificateExtension.BUILD_TRIGGER,
                "push",
                CertificateExtension.RUN_INVOCATION,
                repository + "/actions/runs/17/attempts/1");
    }
}
