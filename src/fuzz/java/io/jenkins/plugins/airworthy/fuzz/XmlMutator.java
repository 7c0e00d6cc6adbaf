package io.jenkins.plugins.airworthy.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages tags and attributes of XML: dropped, doubled, nested, with entities, document types and foreign names. */
final class XmlMutator implements Mutator {
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern VALUE = Pattern.compile("\"[^\"]*\"");
    private static final int WAYS = 9;
    private static final List<String> INSERTED = List.of(
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
            "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\">",
            "&lt;",
            "&b;",
            "&#0;",
            "&#x110000;",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?a b?>",
            "<?xml version=\"1.1\"?>",
            "<a/>",
            "</a>",
            "<a:b/>",
            "<b xmlns=\"urn:x\"/>",
            "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"/>",
            "<a b=\"1\" b=\"2\"/>");

    private final Mutator bytes = new ByteMutator();

    @Override
    public byte[] damage(byte[] input, Material material, Chance chance) {
        String text = new String(input, StandardCharsets.UTF_8);
        List<int[]> tags = places(TAG, text);
        List<int[]> values = places(VALUE, text);
        if (tags.isEmpty() || values.isEmpty()) {
            return bytes.damage(input, material, chance);
        }
        int[] tag = chance.pick(tags);
        int[] value = chance.pick(values);
        String whole = text.substring(tag[0], tag[1]);
        return switch (chance.below(WAYS)) {
            case 0 -> replaced(text, tag, "");
            case 1 -> replaced(text, tag, whole + whole);
            case 2 -> replaced(text, tag, whole.repeat(1 + (chance.oneIn(30) ? chance.below(2_000) : chance.few(50))));
            case 3 -> replaced(text, tag, whole + chance.pick(INSERTED));
            case 4 -> replaced(text, tag, "<" + material.word(chance) + ">");
            case 5 -> replaced(text, value, "\"" + material.word(chance) + "\"");
            case 6 ->
                replaced(
                        text,
                        tag,
                        whole.replaceFirst(" ", Matcher.quoteReplacement(" " + material.word(chance) + "=\"1\" ")));
            case 7 -> replaced(text, tag, piece(text, chance.pick(tags), tag));
            default -> bytes.damage(input, material, chance);
        };
    }

    private static byte[] replaced(String text, int[] place, String by) {
        return (text.substring(0, place[0]) + by + text.substring(place[1])).getBytes(StandardCharsets.UTF_8);
    }

    private static String piece(String text, int[] one, int[] other) {
        return text.substring(Math.min(one[0], other[0]), Math.max(one[1], other[1]));
    }

    private static List<int[]> places(Pattern pattern, String text) {
        List<int[]> places = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            places.add(new int[] {matcher.start(), matcher.end()});
        }
        return places;
    }
}
