package io.jenkins.plugins.airworthy.evidence.provenance;

import io.jenkins.plugins.airworthy.evidence.CertificateExtension;
import io.jenkins.plugins.airworthy.evidence.Signer;

import java.util.Map;

/** Provenance as a runner of GitLab writes it. */
public final class GitlabSamples {
    private GitlabSamples() {}

    /** A predicate of version 1. The runner names no ref, and calls the commit a SHA-256. */
    public static String runner(String project, String commit) {
        return """
                {"buildDefinition": {
                  "buildType": "https://gitlab.com/gitlab-org/gitlab-runner/-/blob/v17.8.3/PROVENANCE.md",
                  "externalParameters": {
                    "CI_COMMIT_REF_NAME": "", "CI_COMMIT_SHA": "", "CI_JOB_ID": "", "CI_PROJECT_URL": "",
                    "entryPoint": "release-job", "source": "%1$s"},
                  "internalParameters": {
                    "architecture": "amd64", "executor": "docker+machine", "job": "17",
                    "name": "shared runner 5"},
                  "resolvedDependencies": [{"uri": "%1$s", "digest": {"sha256": "%2$s"}}]},
                 "runDetails": {
                  "builder": {"id": "%1$s/-/runners/5", "version": {"gitlab-runner": "v17.8.3"}},
                  "metadata": {"invocationId": "17",
                    "startedOn": "2026-11-01T10:00:00Z", "finishedOn": "2026-11-01T10:05:00Z"}}}
                """.formatted(project, commit);
    }

    /**
     * The identity in the certificate of a job.
     *
     * @param definition of the pipeline, which may be in another project
     */
    public static Signer.Identity identity(String definition, String project, String ref, String commit) {
        String config = definition + "@" + ref;
        return new Signer.Identity(
                "https://gitlab.com",
                config,
                Map.of(
                        CertificateExtension.BUILD_SIGNER,
                        config,
                        CertificateExtension.RUNNER_ENVIRONMENT,
                        "gitlab-hosted",
                        CertificateExtension.SOURCE_REPOSITORY,
                        project,
                        CertificateExtension.SOURCE_REF,
                        ref,
                        CertificateExtension.SOURCE_COMMIT,
                        commit,
                        CertificateExtension.BUILD_CONFIG,
                        config,
                        CertificateExtension.BUILD_TRIGGER,
                        "push",
                        CertificateExtension.RUN_INVOCATION,
                        project + "/-/jobs/17"));
    }
}
