package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.util.List;

/** {@code version}: says which build this is, and which Java runs it. */
final class VersionCommand extends Command {

    @Override
    List<String> examples() {
        return List.of("  airworthy version", "  airworthy version --format json");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) {
        BuiltFrom built = BuiltFrom.thisProgram();
        String java = Runtime.version().toString();
        ObjectNode document = StrictJson.object().put("schemaVersion", 1).put("version", built.version());
        built.commit().ifPresent(commit -> document.put("commit", commit).put("changed", built.changed()));
        document.put("java", java);
        return Report.done(document, page -> {
            page.line("airworthy " + built.version());
            page.line("commit    "
                    + built.commit().orElse("unknown")
                    + (built.changed() ? ", with changes that are not committed" : ""));
            page.line("java      " + java);
        });
    }
}
