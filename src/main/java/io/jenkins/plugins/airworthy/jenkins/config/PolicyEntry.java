package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.policy.Policy;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A policy's document, the jobs that it is offered to, and the marked runs that may promote and remove evidence with it. Refuses
 * a document whose name differs from the entry's.
 */
public final class PolicyEntry implements Describable<PolicyEntry> {
    private final String name;
    private final String text;
    private List<String> jobs = new ArrayList<>();
    private List<RunKind> accepts = new ArrayList<>();

    @DataBoundConstructor
    public PolicyEntry(String name, String text) {
        this.name = Util.fixNull(name).trim();
        this.text = Util.fixNull(text);
    }

    public String getName() {
        return name;
    }

    /** The YAML document as its author wrote it. */
    public String getText() {
        return text;
    }

    /** Full names of folders and jobs that may use it; empty for all. */
    public List<String> getJobs() {
        return List.copyOf(jobs);
    }

    @DataBoundSetter
    public void setJobs(List<String> jobs) {
        this.jobs = jobs == null ? new ArrayList<>() : new ArrayList<>(jobs);
    }

    /** Marked kinds of runs that may also promote and remove evidence with it. */
    public List<RunKind> getAccepts() {
        return List.copyOf(accepts);
    }

    @DataBoundSetter
    public void setAccepts(List<RunKind> accepts) {
        this.accepts = accepts == null ? new ArrayList<>() : new ArrayList<>(accepts);
    }

    /**
     * Refuses a promotion, and the removal of evidence, by a run whose instructions may be unreviewed. The choice of image, tag
     * and time is such an instruction: an older image may pass too.
     *
     * @param kinds of the run; every marked one must be accepted
     * @param what the run wants, as in "promote images"
     */
    public void requireAccepts(Set<RunKind> kinds, String what) throws InvalidInputException {
        for (RunKind kind : new TreeSet<>(kinds)) {
            if (kind.isMarked() && !accepts.contains(kind)) {
                throw new InvalidInputException(this + " does not let " + kind.meaning() + " " + what
                        + ": an administrator can let it accept " + kind.setting()
                        + " under Manage Jenkins, Airworthy. In the job: " + kind.advice());
            }
        }
    }

    /** The document, read anew; an error names line and column. */
    public Policy policy() throws InvalidInputException {
        Policy policy = Policy.parse(text.getBytes(StandardCharsets.UTF_8), toString());
        if (!policy.name().equals(name)) {
            throw new InvalidInputException(
                    this + ": its document says 'name: " + policy.name() + "': give both the same name");
        }
        return policy;
    }

    @Override
    public String toString() {
        return "policy '" + name + "'";
    }

    /** Older configurations lack newer fields. */
    Object readResolve() {
        jobs = jobs == null ? new ArrayList<>() : jobs;
        accepts = accepts == null ? new ArrayList<>() : accepts;
        return this;
    }

    /** The descriptor of policies. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<PolicyEntry> {
        @Override
        public String getDisplayName() {
            return "Policy";
        }
    }
}
