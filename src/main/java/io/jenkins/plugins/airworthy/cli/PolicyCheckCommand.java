package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.policy.Policy;
import picocli.CommandLine.Parameters;

/** {@code policy check}: says whether a file is a policy. An error names line and column. */
@picocli.CommandLine.Command(
        footer = {"  airworthy policy check production.yaml", "  airworthy policy check production.yaml --format json"})
final class PolicyCheckCommand extends Command {
    @Parameters(paramLabel = "FILE", description = "The policy.")
    String file;

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException {
        Policy policy = GateOptions.read("FILE", file);
        PolicyFile read = PolicyFile.of(policy, environment);
        ObjectNode document = read.document().put("valid", true);
        return Report.done(document, page -> {
            String extent =
                    policy.checklist().size() + " rules, " + policy.routes().size() + " image patterns, "
                            + policy.waivers().size() + " waivers";
            page.line(TextStyle.GOOD, "valid    ", "policy '" + policy.name() + "': " + extent);
            read.writeTo(page);
        });
    }
}
