package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.policy.Policy;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A policy's document and the jobs that it is offered to. Refuses a document whose name is not the entry's. */
public final class PolicyEntry implements Describable<PolicyEntry> {
    private final String name;
    private final String text;
    private List<String> jobs = new ArrayList<>();

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

    /** Folders and jobs, by full name, that may use it; empty for all. */
    public List<String> getJobs() {
        return List.copyOf(jobs);
    }

    @DataBoundSetter
    public void setJobs(List<String> jobs) {
        this.jobs = jobs == null ? new ArrayList<>() : new ArrayList<>(jobs);
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

    /** Older configurations lack what came later. */
    Object readResolve() {
        jobs = jobs == null ? new ArrayList<>() : jobs;
        return this;
    }

    /** What Jenkins knows of policies. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<PolicyEntry> {
        @Override
        public String getDisplayName() {
            return "Policy";
        }
    }
}
