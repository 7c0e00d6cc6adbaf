package io.jenkins.plugins.airworthy.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Damages texts that mean something by their lines, such as YAML: lines and values dropped, doubled, moved, indented, nested. */
final class LineMutator implements Mutator {
    private static final int WAYS = 10;

    private final Mutator bytes = new ByteMutator();

    @Override
    public byte[] damage(byte[] input, Material material, Chance chance) {
        String text = new String(input, StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int at = chance.below(lines.size());
        String line = lines.get(at);
        switch (chance.below(WAYS)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.add(chance.below(lines.size()), lines.remove(at));
            case 3 -> lines.set(at, " ".repeat(1 + chance.few(60)) + line);
            case 4 -> lines.set(at, line.strip());
            case 5 -> lines.set(at, value(line, material.word(chance)));
            case 6 -> lines.set(at, value(line, nested(chance)));
            case 7 ->
                lines.add(at, line.replaceFirst("\\S.*", "") + material.word(chance) + ": " + material.word(chance));
            case 8 -> lines.add(at, foreign(material, chance));
            default -> {
                return bytes.damage(input, material, chance);
            }
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    /** The line with another value behind its last colon or dash. */
    private static String value(String line, String value) {
        int end = Math.max(line.lastIndexOf(": "), line.lastIndexOf("- "));
        return end < 0 ? value : line.substring(0, end + 2) + value;
    }

    private static String nested(Chance chance) {
        int depth = 1 + (chance.oneIn(30) ? chance.below(3_000) : chance.few(60));
        return switch (chance.below(3)) {
            case 0 -> "[".repeat(depth) + "]".repeat(depth);
            case 1 -> "{a: ".repeat(depth) + "b" + "}".repeat(depth);
            default ->
                chance.pick(List.of("[", "{a: ", "- ", "? ", "{", "- - ", "a: "))
                        .repeat(depth);
        };
    }

    private static String foreign(Material material, Chance chance) {
        String[] lines = new String(chance.pick(material.inputs()), StandardCharsets.UTF_8).split("\n", -1);
        return lines[chance.below(lines.length)];
    }
}
