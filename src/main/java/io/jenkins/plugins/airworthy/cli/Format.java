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

    /** The format that was requested, even if the arguments as a whole could not be parsed; the last one, if there are several. */
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

    /** The document of a run that ended without an answer; none for a person, who reads standard error. */
    Optional<String> failure(ExitStatus status, String message) {
        return switch (this) {
            case text -> Optional.empty();
            case json -> Optional.of(JsonText.of(JsonText.failure(status, message)));
            case sarif -> Optional.of(SarifText.failure(status, message).toString());
            case junit -> Optional.of(JUnitText.failure(status, message));
        };
    }
}
