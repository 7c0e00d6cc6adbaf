package io.jenkins.plugins.airworthy.defences;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictYaml;
import io.jenkins.plugins.airworthy.document.YamlValue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A check of the product, the text that replaces it when it is removed, and the tests that must fail then.
 *
 * @param place the file and line that describe it
 * @param type the class that it is in: its simple name, or with so much of its package that it is the only one
 * @param text what is replaced; its lines may be indented differently there
 * @param fails class and method of each test, as {@code TransplantTest#method}; the class is named as {@code type}
 */
record Defence(String place, String sentence, String type, String text, String without, List<String> fails) {
    private static final Path FOLDER = Path.of("src/test/defences");
    private static final Set<String> MEMBERS = Set.of("defence", "class", "text", "without", "fails");

    Defence {
        fails = List.copyOf(fails);
    }

    /**
     * All defences, or those of one file.
     *
     * @param room the file's name without its ending; empty for all
     */
    static List<Defence> read(String room) throws IOException, InvalidInputException {
        List<Defence> defences = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                if (room.isEmpty() || file.getFileName().toString().equals(room + ".yaml")) {
                    for (YamlValue entry : StrictYaml.parse(Files.readAllBytes(file), file.toString())
                            .list()) {
                        defences.add(of(entry, file));
                    }
                }
            }
        }
        return defences;
    }

    private static Defence of(YamlValue entry, Path file) throws InvalidInputException {
        entry.mapOf(MEMBERS);
        List<String> fails = entry.member("fails").texts();
        if (fails.isEmpty()) {
            throw entry.error("no test would notice");
        }
        return new Defence(
                file.getFileName() + ":" + entry.line(),
                entry.member("defence").text(),
                entry.member("class").text(),
                entry.member("text").raw().strip(),
                entry.member("without").raw().strip(),
                fails);
    }

    String source() throws IOException {
        return Sources.OF_PRODUCT.read(type);
    }

    long occurrences(String source) {
        return pattern().matcher(source).results().count();
    }

    /** The source without the defence. */
    String removedFrom(String source) {
        return pattern().matcher(source).replaceFirst(Matcher.quoteReplacement(without));
    }

    private Pattern pattern() {
        return Pattern.compile(
                text.lines().map(line -> Pattern.quote(line.strip())).collect(Collectors.joining("[ \t]*\n[ \t]*")));
    }

    @Override
    public String toString() {
        return place + " " + sentence;
    }
}
