package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.recall.Recall;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** {@code recall show}: shows a list, as it is in a file or published. */
final class RecallShowCommand extends Command {
    /** The entries that are shown; those before them are counted. */
    private static final int SHOWN = 1_000;

    private final Argument list =
            parameter("LIST", "A file, or the repository of a published list, which is verified.");

    private final RecallOptions recalls = with(new RecallOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy recall show recalls.yaml",
                "  airworthy recall show registry.example.com/acme/recalls --recalls-key recalls.pub --format json");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        Deque<Recall> shown = new ArrayDeque<>();
        int[] count = new int[1];
        DocumentHead head = RecallList.of(list.text(), recalls, environment).read(registries, environment, recall -> {
            count[0]++;
            shown.addLast(recall);
            if (shown.size() > SHOWN) {
                shown.removeFirst();
            }
        });
        ObjectNode document = RecallText.document(head).put("entries", count[0]);
        ArrayNode entries = document.putArray("recalls");
        shown.forEach(recall -> entries.add(RecallText.document(recall)));
        return Report.done(document, page -> {
            page.line(
                    TextStyle.STRONG,
                    "list     ",
                    head + ": " + Count.of(count[0], "entry", "entries") + ", issued " + head.issued() + ", expires "
                            + head.expires());
            if (count[0] > shown.size()) {
                page.line("  the last " + shown.size() + ":");
            }
            shown.forEach(recall -> RecallText.write(page, recall));
        });
    }
}
