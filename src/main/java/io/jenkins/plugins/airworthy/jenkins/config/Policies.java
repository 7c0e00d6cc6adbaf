package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.model.Job;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.scope.JobScope;
import io.jenkins.plugins.airworthy.policy.Policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All policies. Offers each job the policies that it may use; a job cannot distinguish another job's policy from one that does
 * not exist.
 */
public final class Policies {
    private final List<PolicyEntry> entries;

    public Policies(List<PolicyEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    public static Policies current() {
        return new Policies(AirworthyConfiguration.get().getPolicies());
    }

    /** The documents of all policies, regardless of the jobs that they are offered to. */
    public List<Policy> documents() throws InvalidInputException {
        List<Policy> documents = new ArrayList<>();
        for (PolicyEntry entry : entries) {
            documents.add(entry.policy());
        }
        return documents;
    }

    /** The policy of this name, or the only one that is offered when none is named. */
    public PolicyEntry offered(String nameOrNull, Job<?, ?> job) throws InvalidInputException {
        return offered(nameOrNull, job.getFullName());
    }

    /** The same for a job by its full name. */
    public PolicyEntry offered(String nameOrNull, String job) throws InvalidInputException {
        Optional<String> name = Optional.ofNullable(nameOrNull).filter(given -> !given.isBlank());
        List<PolicyEntry> offered = entries.stream()
                .filter(entry -> new JobScope(entry.getJobs()).covers(job))
                .toList();
        List<String> names = offered.stream().map(PolicyEntry::getName).toList();
        if (name.isEmpty() && offered.size() > 1) {
            throw new InvalidInputException(
                    "several policies are offered to the job " + job + ": name one of " + names);
        }
        for (PolicyEntry entry : offered) {
            if (name.isEmpty() || name.get().equals(entry.getName())) {
                return entry;
            }
        }
        throw new InvalidInputException(
                name.isEmpty()
                        ? "no policy is offered to the job " + job
                                + "; an administrator can add one under Manage Jenkins, Airworthy"
                        : "the policy '" + name.get() + "' is not offered to the job " + job + "; it may use " + names);
    }

    /** Names of the policies that a job may ask for; for pickers. */
    public List<String> offeredTo(String job) {
        return entries.stream()
                .filter(entry -> new JobScope(entry.getJobs()).covers(job))
                .map(PolicyEntry::getName)
                .toList();
    }
}
