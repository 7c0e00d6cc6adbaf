package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.evidence.Observer;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import jenkins.scm.api.mixin.TagSCMHead;

import java.util.Optional;
import java.util.regex.Pattern;

/** The revision of a branch, as its multibranch project found it on the controller. Plain, because Jenkins writes and reads it. */
final class BranchRevision {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private final String repository;
    private final String ref;
    private final String commit;
    private final boolean changeRequest;
    private final String doubt;

    private BranchRevision(String repository, String ref, String commit, boolean changeRequest, String doubt) {
        this.repository = repository;
        this.ref = ref;
        this.commit = commit;
        this.changeRequest = changeRequest;
        this.doubt = doubt;
    }

    static BranchRevision of(Run<?, ?> run, SCMSource source) {
        SCMHead branch = SCMHead.HeadByItem.findHead(run.getParent());
        boolean changeRequest = branch instanceof ChangeRequestSCMHead;
        SCMRevision revision = SCMRevisionAction.getRevision(source, run);
        if (revision == null) {
            return new BranchRevision("", "", "", changeRequest, "its multibranch project found no exact revision");
        }
        SCMHead head = revision.getHead();
        changeRequest = changeRequest || head instanceof ChangeRequestSCMHead;
        String commit = String.valueOf(revision);
        try {
            GitSettings git = GitSettings.ofRevision(source.build(head, revision));
            return new BranchRevision(
                    git.repository(),
                    ref(head, changeRequest),
                    COMMIT.matcher(commit).matches() ? commit : "",
                    changeRequest,
                    COMMIT.matcher(commit).matches() ? "" : "its revision is not a single commit");
        } catch (GitSettings.NotPlainException e) {
            return new BranchRevision("", "", "", changeRequest, e.getMessage());
        }
    }

    private static String ref(SCMHead head, boolean changeRequest) {
        if (changeRequest) {
            return SourceRevision.NO_REF;
        }
        return (head instanceof TagSCMHead ? "refs/tags/" : "refs/heads/") + head.getName();
    }

    boolean isChangeRequest() {
        return changeRequest;
    }

    /** Why this cannot be named as a source; empty when it can. */
    Optional<String> doubt() {
        return doubt.isEmpty() ? Optional.empty() : Optional.of(doubt);
    }

    SourceRevision revision() {
        return new SourceRevision(repository, ref, Optional.of(commit), Observer.CONTROLLER);
    }
}
