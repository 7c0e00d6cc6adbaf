package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.gate.cases.PolicyCase;
import io.jenkins.plugins.airworthy.gate.cases.PolicyCases;
import io.jenkins.plugins.airworthy.policy.Policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code policy test}: judges saved images by a policy, offline, and tells every difference to what their cases expect. */
final class PolicyTestCommand extends Command {
    private final Argument file = parameter("FILE", "The policy.");

    private final Argument folder = parameter("CASES", "The folder of the cases.");

    PolicyTestCommand() {
        super(Format.OF_TESTS);
    }

    @Override
    List<String> examples() {
        return List.of("  airworthy policy test production.yaml cases/");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        Policy policy = GateOptions.read("FILE", file.text());
        PolicyCases cases = PolicyCases.in(InputFile.of("CASES", folder.text()).path());
        List<PolicyCases.Result> results = new ArrayList<>();
        for (String name : cases.names()) {
            results.add(cases.run(name, policy));
        }
        return new Report(worst(results), document(policy, results), page -> write(page, results))
                .with(Format.junit, () -> JUnitText.ofCases(policy.name(), results));
    }

    private static ExitStatus status(PolicyCases.Result result) {
        if (result.isAsExpected()) {
            return ExitStatus.DONE;
        }
        return result.failure()
                .map(failure -> failure instanceof InvalidInputException ? ExitStatus.INVALID : ExitStatus.UNDECIDED)
                .orElse(ExitStatus.REFUSED);
    }

    private static ExitStatus worst(List<PolicyCases.Result> results) {
        return results.stream()
                .map(PolicyTestCommand::status)
                .max(Comparator.comparing(ExitStatus::code))
                .orElse(ExitStatus.DONE);
    }

    private static ObjectNode document(Policy policy, List<PolicyCases.Result> results) {
        ObjectNode document = StrictJson.object()
                .put("schemaVersion", 1)
                .put("exitStatus", worst(results).code())
                .put("policy", policy.name())
                .put("digest", policy.digest().toString());
        var list = document.putArray("cases");
        for (PolicyCases.Result result : results) {
            ObjectNode entry = list.addObject()
                    .put("case", result.name())
                    .put("exitStatus", status(result).code());
            result.expected().ifPresent(one -> describe(one, entry));
            result.verdict()
                    .ifPresent(
                            verdict -> entry.put("decision", verdict.decision().toString()));
            result.failure().ifPresent(failure -> entry.put("reason", failure.getMessage()));
            result.differences().forEach(entry.putArray("differences")::add);
        }
        return document;
    }

    private static void describe(PolicyCase one, ObjectNode entry) {
        entry.put("image", one.image().toString())
                .put("time", one.time().toString())
                .put("expected", one.expected().decision().toString());
    }

    private static void write(TextReport page, List<PolicyCases.Result> results) {
        for (PolicyCases.Result result : results) {
            if (result.isAsExpected()) {
                page.line(
                        TextStyle.GOOD,
                        "passed   ",
                        result.name() + ": " + result.verdict().orElseThrow().decision() + ", as expected");
            } else if (result.failure().isPresent()) {
                page.line(
                        TextStyle.BAD,
                        "UNDECIDED ",
                        result.name() + ": " + result.failure().get().getMessage());
            } else {
                page.line(TextStyle.BAD, "DIFFERS  ", result.name() + ": not what is expected");
                result.differences().forEach(difference -> page.line("           " + difference));
            }
        }
        long good = results.stream().filter(PolicyCases.Result::isAsExpected).count();
        page.line(
                TextStyle.STRONG,
                Count.of(results.size(), "case") + ": " + good + " as expected, " + (results.size() - good) + " not");
    }
}
