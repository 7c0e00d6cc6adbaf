package io.jenkins.plugins.airworthy.cli;

import java.util.List;

/** How a result is written on standard output. The constants are the words of the option. */
enum Format {
    text,
    json;

    /** Whether JSON was asked for, also where the arguments as a whole could not be read. */
    static boolean isJson(List<String> arguments) {
        int option = arguments.lastIndexOf("--format");
        boolean apart = option >= 0
                && option + 1 < arguments.size()
                && arguments.get(option + 1).equals("json");
        return apart || arguments.contains("--format=json");
    }
}
