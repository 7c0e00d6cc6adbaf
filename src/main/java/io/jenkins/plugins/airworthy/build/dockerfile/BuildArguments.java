package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments of a Dockerfile that may be part of the name of an image: those before the first FROM
 * (<a href="https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact">reference of Dockerfiles</a>). Refuses
 * a name that depends on anything else, or on a value that is not plain text.
 */
final class BuildArguments {
    private static final Pattern DECLARED = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:=(.*))?");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
    private static final Pattern PLAIN = Pattern.compile("[^\\s\"'\\\\]*");
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)\\}|([A-Za-z_][A-Za-z0-9_]*))");

    private final Map<String, String> given;
    /** Empty if the value is not known for certain. */
    private final Map<String, Optional<String>> values = new HashMap<>();

    BuildArguments(Map<String, String> given) {
        this.given = Map.copyOf(given);
    }

    /** Reads an ARG that is before the first FROM. */
    void declare(Instruction arg) {
        Matcher matcher = DECLARED.matcher(arg.rest());
        if (!matcher.matches()) {
            // Several of them in one line: none is known, and a name that uses one is refused.
            for (String word : arg.rest().split("[ \t]+", -1)) {
                values.put(word.split("=", 2)[0], Optional.empty());
            }
            return;
        }
        String name = matcher.group(1);
        if (given.containsKey(name)) {
            values.put(name, Optional.of(given.get(name)));
        } else {
            values.put(name, Optional.ofNullable(matcher.group(2)).flatMap(this::literal));
        }
    }

    private Optional<String> literal(String written) {
        Matcher quoted = QUOTED.matcher(written.strip());
        boolean single = quoted.matches() && quoted.group(2) != null;
        String inner = !quoted.matches() ? written.strip() : single ? quoted.group(2) : quoted.group(1);
        if (!PLAIN.matcher(inner).matches() || (single && inner.contains("$"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(expand(inner, 0));
        } catch (InvalidInputException e) {
            return Optional.empty(); // refused where it is used, if it is
        }
    }

    /** Puts the values into the name of an image. */
    String expand(String name, int line) throws InvalidInputException {
        StringBuilder expanded = new StringBuilder();
        Matcher variable = VARIABLE.matcher(name);
        int from = 0;
        while (variable.find()) {
            String wanted = variable.group(1) == null ? variable.group(2) : variable.group(1);
            expanded.append(name, from, variable.start());
            expanded.append(values.getOrDefault(wanted, Optional.empty())
                    .orElseThrow(() -> Instruction.error(
                            line,
                            "the value of '" + wanted + "' is not known for certain: declare it with 'ARG " + wanted
                                    + "=…' before the first FROM, as plain text, or give it as build argument")));
            from = variable.end();
        }
        String end = name.substring(from);
        if (end.contains("$") || expanded.indexOf("$") >= 0) {
            throw Instruction.error(
                    line, "only $NAME and ${NAME} can be part of an image's name: give the default with ARG instead");
        }
        return expanded + end;
    }
}
