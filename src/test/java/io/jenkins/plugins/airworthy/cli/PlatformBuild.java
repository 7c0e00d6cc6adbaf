package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.evidence.provenance.GithubSamples;
import io.jenkins.plugins.airworthy.evidence.provenance.GitlabSamples;
import io.jenkins.plugins.airworthy.tools.sigstore.OidcIssuer;

/**
 * A build on another platform that says it built acme/app: what its runner wrote, and the token that the platform gave it.
 *
 * @param identity as the items of a policy's identity
 * @param accepted as the items of an alternative of provenance
 */
record PlatformBuild(String predicate, String token, String accepted, String identity) {
    private static final String COMMIT = "5c9ebba17ecc935d2e5a2d1af0886304a1af805e";

    /** A run of a shared workflow for a repository. */
    static PlatformBuild ofGithub(OidcIssuer issuer, String repositoryOfRun) {
        String shared = "acme/ci/.github/workflows/release.yml@refs/tags/v2";
        String pattern = "https://github.com/acme/ci/.github/workflows/release.yml@refs/tags/v*";
        return new PlatformBuild(
                GithubSamples.workflow(
                        "https://github.com/acme/app", "refs/tags/v1", COMMIT, "https://github.com/" + shared),
                issuer.workflowToken(shared, repositoryOfRun, "refs/tags/v1", COMMIT),
                accepted(pattern, "https://github.com/acme/app"),
                identity(issuer.url("workflow"), pattern, "github-hosted"));
    }

    /** A job of a pipeline whose definition several projects share. */
    static PlatformBuild ofGitlab(OidcIssuer issuer, String projectOfJob, String tag) {
        String shared = "acme/ci//release.yml@refs/heads/main";
        String pattern = "https://gitlab.com/acme/ci//release.yml@refs/heads/main";
        return new PlatformBuild(
                GitlabSamples.runner("https://gitlab.com/acme/app", COMMIT),
                issuer.pipelineToken(shared, projectOfJob, tag, COMMIT),
                accepted(pattern, "https://gitlab.com/acme/app"),
                identity(issuer.url("pipeline"), pattern, "gitlab-hosted"));
    }

    private static String accepted(String builder, String repository) {
        return "builders: [\"" + builder + "\"], sources: [{repository: \"" + repository
                + "\", refs: [\"refs/tags/v*\"]}]";
    }

    private static String identity(String issuer, String subject, String runner) {
        return "issuer: \"" + issuer + "\", subject: \"" + subject + "\", extensions: {runnerEnvironment: " + runner
                + ", buildTrigger: push}";
    }

    /** A policy that accepts acme/app as this platform builds it, from tags of versions. */
    String policy(String images) {
        return """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: platform}
                spec:
                  images: [{from: "%s"}]
                  checklist:
                    - provenance:
                        accept: [{%s, trust: {observed: imported, identities: [{%s}]}}]
                  without:
                    - {rule: signature, reason: "provenance is signed in this test, not the image"}
                    - {rule: vulnerabilities, reason: "nothing is scanned in this test"}
                """.formatted(images, accepted, identity);
    }
}
