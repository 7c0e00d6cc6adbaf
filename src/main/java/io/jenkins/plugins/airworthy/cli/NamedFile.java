package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A file under a name, written {@code NAME=FILE}. Refuses invalid names, and a name that is given twice. */
record NamedFile(String name, InputFile file) {
    private static final Pattern NAME = Pattern.compile("(?:[A-Za-z0-9]|\\[[0-9a-f:]{2,39}])[A-Za-z0-9._:-]{0,127}");

    /** Whether a value has this form. */
    static boolean isPair(String value) {
        int equals = value.indexOf('=');
        return equals >= 0 && NAME.matcher(value.substring(0, equals)).matches();
    }

    /**
     * Reads the values of one option.
     *
     * @param option names it in errors
     */
    static List<NamedFile> parse(String option, List<String> values) throws InvalidInputException {
        List<NamedFile> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String value : values) {
            if (!isPair(value)) {
                throw new InvalidInputException(option + " '" + value + "': expected NAME=FILE");
            }
            int equals = value.indexOf('=');
            String name = value.substring(0, equals);
            if (!names.add(name)) {
                throw new InvalidInputException(option + ": '" + name + "' is given twice");
            }
            files.add(new NamedFile(name, InputFile.of(option, value.substring(equals + 1))));
        }
        return List.copyOf(files);
    }
}
