package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.gate.RecallDraft;
import io.jenkins.plugins.airworthy.recall.Recall;
import io.jenkins.plugins.airworthy.recall.RecallId;

import java.time.temporal.ChronoUnit;
import java.util.List;

/** {@code recall lift}: lifts an entry, which stays on the list. */
final class RecallLiftCommand extends Command {
    private final Argument file = parameter("FILE", "The list.");

    private final Argument id = parameter("ID", "The entry, such as R-2026-0007.");

    private final Argument reason = required("--reason", "TEXT", "Why it does not hold any more.");

    private final Argument by = required("--by", "NAME", "Who lifts it.");

    @Override
    List<String> examples() {
        return List.of("  airworthy recall lift recalls.yaml R-2026-0007 --reason 'It was another image' --by bob");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        Recall lifted = new RecallDraft(InputFile.of("FILE", file.text()).path())
                .lift(
                        RecallId.parse(id.text()),
                        new Recall.Lifted(
                                reason.text(),
                                by.text(),
                                environment.clock().instant().truncatedTo(ChronoUnit.SECONDS)));
        ObjectNode document = StrictJson.object().put("schemaVersion", 1);
        document.set("recall", RecallText.document(lifted));
        return Report.done(document, page -> {
            page.line(TextStyle.STRONG, "lifted   ", lifted.id() + " in " + file.text());
            page.line("  it holds until 'airworthy recall publish' has published that");
        });
    }
}
