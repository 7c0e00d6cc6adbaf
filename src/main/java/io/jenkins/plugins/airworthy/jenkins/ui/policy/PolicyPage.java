package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import hudson.model.ModelObject;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyPermissions;
import io.jenkins.plugins.airworthy.jenkins.config.KeptCases;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.scope.JobScope;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.form.FormCheck;
import io.jenkins.plugins.airworthy.jenkins.form.FormLines;
import io.jenkins.plugins.airworthy.jenkins.form.RequiredParameter;
import io.jenkins.plugins.airworthy.jenkins.ui.key.KeyChoices;
import io.jenkins.plugins.airworthy.jenkins.ui.key.KeyEdit;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The editor of one policy: checks its text, tries it on an image, and stores it. */
public final class PolicyPage implements ModelObject {
    private final PolicyEntry entry;
    private final PolicyPreviews trials;

    PolicyPage(PolicyEntry entry, PolicyPreviews trials) {
        this.entry = entry;
        this.trials = trials;
    }

    @Override
    public String getDisplayName() {
        return isFresh() ? "New policy" : "Policy " + entry.getName();
    }

    public boolean isFresh() {
        return entry.getName().isEmpty();
    }

    /** What happens to changes on this page; empty if they are permanent. */
    public String getAdvice() {
        return PolicyNotices.advice(isFresh() ? Optional.empty() : Optional.of(entry.getName()));
    }

    public boolean isEditable() {
        return Jenkins.get().hasPermission(AirworthyPermissions.EDIT_POLICIES);
    }

    public String getText() {
        return entry.getText();
    }

    public String getJobs() {
        return String.join("\n", entry.getJobs());
    }

    /** Names of the marked kinds of runs that may promote by it. */
    public List<String> getAccepts() {
        return entry.getAccepts().stream().map(RunKind::name).toList();
    }

    /** The same in words, for people who may only read it. */
    public String getAcceptedKinds() {
        return entry.getAccepts().stream().map(RunKind::label).collect(Collectors.joining(", "));
    }

    /** The checkboxes. */
    public List<KeyChoices.Choice> getKinds() {
        return new KeyChoices().getKindsForPolicies();
    }

    /** What is wrong with the stored policy, for people who may only read it. */
    public PolicyCheck getCheck() {
        return PolicyCheck.of(entry.getText(), PolicySurroundings.current());
    }

    @POST
    public HttpResponse doSave(@QueryParameter String text, @QueryParameter String jobs, StaplerRequest2 request)
            throws InterruptedException {
        Jenkins.get().checkPermission(AirworthyPermissions.EDIT_POLICIES);
        RequiredParameter.require(text, "text");
        RequiredParameter.require(jobs, "jobs");
        List<String> accepts = KeyEdit.values(request, "accepts");
        try {
            PolicyEntry saved = PolicyEdit.save(replaced(), text, jobs, accepts);
            return HttpResponses.redirectTo("../" + saved.getName() + "/");
        } catch (AirworthyException e) {
            return HttpResponses.forwardToView(this, "index")
                    .with("problem", PolicyCheck.fault(e.getMessage()))
                    .with("draft", text)
                    .with("draftJobs", jobs)
                    .with("draftAccepts", accepts);
        }
    }

    /** Checks a text, replays the cases that are kept for it, and returns the result as a fragment of a page. */
    @POST
    public HttpResponse doCheck(@QueryParameter String text) throws InterruptedException {
        Jenkins.get().checkPermission(AirworthyPermissions.EDIT_POLICIES);
        RequiredParameter.require(text, "text");
        return HttpResponses.forwardToView(
                PolicyCheck.of(text, PolicySurroundings.current(), KeptCases.current()), "result");
    }

    /** Starts to judge an image by a text, which need not be stored; it writes nothing. */
    @POST
    public HttpResponse doTryOut(
            @QueryParameter String text, @QueryParameter String image, @QueryParameter String target) {
        Jenkins.get().checkPermission(AirworthyPermissions.EDIT_POLICIES);
        RequiredParameter.require(text, "text");
        RequiredParameter.require(image, "image");
        RequiredParameter.require(target, "target");
        try {
            PreviewVerification trial = PreviewVerification.of(text, image, target);
            String owner = Jenkins.getAuthentication2().getName();
            String id = trials.start(owner, image.strip(), trial).getId();
            return HttpResponses.redirectTo("../../trials/" + id + "/");
        } catch (AirworthyException e) {
            return HttpResponses.forwardToView(this, "index")
                    .with("problem", PolicyCheck.fault(e.getMessage()))
                    .with("draft", text);
        }
    }

    @POST
    public HttpResponse doRemove(@QueryParameter String confirm) {
        Jenkins.get().checkPermission(AirworthyPermissions.EDIT_POLICIES);
        RequiredParameter.require(confirm, "confirm");
        if (isFresh() || !confirm.strip().equals(entry.getName())) {
            return HttpResponses.forwardToView(this, "index")
                    .with("problem", PolicyCheck.fault("type the policy's name, " + entry.getName() + ", to confirm"));
        }
        PolicyEdit.remove(entry.getName());
        return HttpResponses.redirectTo("../..");
    }

    @POST
    public FormValidation doCheckJobs(@QueryParameter String value) {
        Jenkins.get().checkPermission(AirworthyPermissions.EDIT_POLICIES);
        RequiredParameter.require(value, "value");
        return FormCheck.of(() -> JobScope.of(FormLines.of(value), "jobs"));
    }

    @POST
    public FormValidation doCheckImage(@QueryParameter String value) {
        Jenkins.get().checkPermission(AirworthyPermissions.EDIT_POLICIES);
        RequiredParameter.require(value, "value");
        return value.isBlank() ? FormValidation.ok() : FormCheck.of(() -> PreviewVerification.requireImage(value));
    }

    @POST
    public FormValidation doCheckTarget(@QueryParameter String value) {
        Jenkins.get().checkPermission(AirworthyPermissions.EDIT_POLICIES);
        RequiredParameter.require(value, "value");
        return FormCheck.of(() -> PreviewVerification.target(value));
    }

    private Optional<String> replaced() {
        return isFresh() ? Optional.empty() : Optional.of(entry.getName());
    }
}
