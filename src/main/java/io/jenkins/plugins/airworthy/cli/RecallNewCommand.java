package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Name;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.gate.RecallDraft;

import java.util.List;

/** {@code recall new}: begins a list in a file. */
final class RecallNewCommand extends Command {
    private final Argument file = parameter("FILE", "The new file.");

    private final Argument name = required("--name", "NAME", "The name of the list, which never changes.");

    private final Argument valid = optional(RecallText.VALID, "TIME", RecallText.VALID_DESCRIPTION);

    @Override
    List<String> examples() {
        return List.of("  airworthy recall new recalls.yaml --name acme");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        RecallDraft draft = new RecallDraft(InputFile.of("FILE", file.text()).path());
        DocumentHead head = draft.create(
                Name.require(name.text(), "a list of recalls"),
                environment.clock().instant(),
                RecallText.valid(valid));
        return Report.done(
                RecallText.document(head),
                page -> page.line(TextStyle.STRONG, "written  ", file.text() + ": " + head + ", without entries"));
    }
}
