package io.jenkins.plugins.airworthy.cli;

import java.util.List;

/** The format of a result on standard output. The constants are the values of the option. */
enum Format {
    text,
    json;

    /** Whether JSON was requested, even if the arguments as a whole could not be parsed. */
    static boolean isJson(List<String> arguments) {
        int option = arguments.lastIndexOf("--format");
        boolean apart = option >= 0
                && option + 1 < arguments.size()
                && arguments.get(option + 1).equals("json");
        return apart || arguments.contains("--format=json");
    }
}
