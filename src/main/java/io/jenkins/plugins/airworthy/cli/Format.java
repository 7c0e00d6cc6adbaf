package io.jenkins.plugins.airworthy.cli;

import java.util.List;
import java.util.Optional;

/** The format of a report. The constants are the values of the option. */
enum Format {
    text,
    json,
    sarif,
    junit;

    static final String OPTION = "--format";

    /** The formats of every report, as the option's label. */
    static final String EVERYWHERE = "text|json";

    static final String OF_FINDINGS = "text|json|sarif";
    static final String OF_VERDICTS = "text|json|sarif|junit";
    static final String OF_TESTS = "text|json|junit";

    /** The format that was requested of a command that is not known; the last one, if there are several. */
    static Format asked(List<String> arguments) {
        Format asked = text;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            Optional<String> word = Optional.empty();
            if (argument.startsWith(OPTION + "=")) {
                word = Optional.of(argument.substring(OPTION.length() + 1));
            } else if (argument.equals(OPTION) && i + 1 < arguments.size()) {
                word = Optional.of(arguments.get(i + 1));
            }
            for (Format each : values()) {
                asked = word.equals(Optional.of(each.name())) ? each : asked;
            }
        }
        return asked;
    }

    /** What is written of a run that ended without an answer. */
    String failure(ExitStatus status, String message) {
        return switch (this) {
            case text ->
                new TextReport(false).line(TextStyle.BAD, "UNDECIDED ", message).toString();
            case json -> JsonText.of(JsonText.failure(status, message));
            case sarif -> SarifText.failure(status, message).toString();
            case junit -> JUnitText.failure(status, message);
        };
    }
}
