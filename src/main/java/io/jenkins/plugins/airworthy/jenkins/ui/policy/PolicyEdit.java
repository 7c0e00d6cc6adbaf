package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.KeptCases;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.scope.JobScope;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.form.FormChoices;
import io.jenkins.plugins.airworthy.jenkins.form.FormLines;
import io.jenkins.plugins.airworthy.policy.Policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes the list of policies, one person at a time. Refuses an invalid document, a document with the name of another policy, and one
 * that decides a case otherwise than the case expects.
 */
final class PolicyEdit {
    private PolicyEdit() {}

    static Optional<PolicyEntry> find(String name) {
        return AirworthyConfiguration.get().getPolicies().stream()
                .filter(policy -> policy.getName().equals(name))
                .findFirst();
    }

    /**
     * Stores a document under the name in its metadata. A browser sends lines that end with CR LF; they are stored with LF, so that
     * the digest in verdicts is that of the file from which the document was pasted.
     *
     * @param replaced the policy that was edited; absent for a new one
     */
    static PolicyEntry save(Optional<String> replaced, String text, String jobs, List<String> accepts)
            throws AirworthyException, InterruptedException {
        Policy policy = PolicyCheck.parse(text);
        if (replaced.isPresent() && !replaced.get().equals(policy.name())) {
            throw new InvalidInputException("the document says 'name: " + policy.name() + "', and this is the policy '"
                    + replaced.get() + "': jobs know it by that name; make a new policy for another name");
        }
        PolicyEntry entry = new PolicyEntry(policy.name(), text.replace("\r\n", "\n"));
        entry.setJobs(JobScope.of(FormLines.of(jobs), "jobs").names());
        entry.setAccepts(FormChoices.of(RunKind.class, accepts));
        KeptCases.current().require(policy);
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        synchronized (configuration) {
            List<PolicyEntry> policies = new ArrayList<>(configuration.getPolicies());
            int place = index(policies, policy.name());
            if (place >= 0 && replaced.isEmpty()) {
                throw new InvalidInputException(
                        "there is a policy '" + policy.name() + "' already: choose another name");
            }
            if (place >= 0) {
                policies.set(place, entry);
            } else {
                policies.add(entry);
            }
            configuration.changePolicies(policies);
        }
        return entry;
    }

    static void remove(String name) {
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        synchronized (configuration) {
            configuration.changePolicies(configuration.getPolicies().stream()
                    .filter(policy -> !policy.getName().equals(name))
                    .toList());
        }
    }

    private static int index(List<PolicyEntry> policies, String name) {
        for (int i = 0; i < policies.size(); i++) {
            if (policies.get(i).getName().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
