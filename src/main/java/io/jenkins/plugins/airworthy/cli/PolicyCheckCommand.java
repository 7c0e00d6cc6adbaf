package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.policy.Policy;

import java.util.List;

/** {@code policy check}: says whether a file is a policy. An error names line and column. */
final class PolicyCheckCommand extends Command {
    private final Argument file = parameter("FILE", "The policy.");

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy policy check production.yaml", "  airworthy policy check production.yaml --format json");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException {
        Policy policy = GateOptions.read("FILE", file.text());
        PolicyFile read = PolicyFile.of(policy, environment);
        ObjectNode document = read.document().put("valid", true);
        return Report.done(document, page -> {
            String extent = Count.of(policy.checklist().size(), "rule") + ", "
                    + Count.of(policy.routes().size(), "image pattern") + ", "
                    + Count.of(policy.waivers().size() + policy.recallWaivers().size(), "waiver");
            page.line(TextStyle.GOOD, "valid    ", "policy '" + policy.name() + "': " + extent);
            read.writeTo(page);
        });
    }
}
