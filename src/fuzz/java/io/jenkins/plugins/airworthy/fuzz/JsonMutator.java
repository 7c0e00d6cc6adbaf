package io.jenkins.plugins.airworthy.fuzz;

import io.jenkins.plugins.airworthy.fuzz.JsonSpans.Span;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Damages values and members of a JSON text and keeps the rest; what stands in base64 is damaged inside it. */
final class JsonMutator implements Mutator {
    private static final int WAYS = 14;
    private static final int DEEP = 4_000;
    private static final int MOST = 64 * 1024;
    private static final int LEAST_BASE64 = 8;
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "-0",
            "1.5",
            "1e400",
            "1e-401",
            "9223372036854775808",
            "2147483648",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\n\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"\":null}",
            "\"0\"",
            "\"-1\"",
            "NaN",
            "tru",
            "01",
            "'a'",
            "\"\\x\"",
            "[1,]",
            "{,}",
            "99999999999999999999999999999999999999999999999999999999999999999");

    private final Mutator bytes = new ByteMutator();
    private final Mutator der = new DerMutator();

    @Override
    public byte[] damage(byte[] input, Material material, Chance chance) {
        String text = new String(input, StandardCharsets.UTF_8);
        JsonSpans spans = new JsonSpans(text);
        if (spans.values().isEmpty()) {
            return bytes.damage(input, material, chance);
        }
        Span value = chance.pick(spans.values());
        String inside = text.substring(value.from(), value.to());
        boolean inMember = !spans.members().isEmpty();
        Span member = inMember ? chance.pick(spans.members()) : value;
        String whole = text.substring(member.from(), member.to());
        Span part = inMember ? chance.pick(spans.parts()) : value;
        String twice = text.substring(part.from(), part.to());
        return switch (chance.below(WAYS)) {
            case 0 -> replaced(text, value, chance.pick(VALUES));
            case 1, 10 -> replaced(text, value, quoted(material.word(chance)));
            case 2 -> replaced(text, value, other(text, spans, material, chance));
            case 3 -> replaced(text, value, nested(inside, chance));
            case 4 -> replaced(text, value, "[" + (inside + ",").repeat(times(inside, chance)) + inside + "]");
            case 5 -> replaced(text, part, twice + "," + twice); // a name twice, or an element
            case 6 -> without(text, part);
            case 7 -> replaced(text, member, renamed(text, spans, member, material, chance));
            case 8 -> replaced(text, member, whole + "," + quoted(material.word(chance)) + ":" + chance.pick(VALUES));
            case 9 -> replaced(text, value, written(inside, chance));
            default -> replaced(text, value, inside(inside, material, chance));
        };
    }

    private static int times(String inside, Chance chance) {
        return chance.oneIn(60) ? MOST / (inside.length() + 1) : chance.few(10);
    }

    private static byte[] replaced(String text, Span span, String by) {
        return (text.substring(0, span.from()) + by + text.substring(span.to())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] without(String text, Span member) {
        boolean comma = member.to() < text.length() && text.charAt(member.to()) == ',';
        boolean before = !comma && member.from() > 0 && text.charAt(member.from() - 1) == ',';
        return replaced(text, new Span(member.from() - (before ? 1 : 0), member.to() + (comma ? 1 : 0)), "");
    }

    private static String quoted(String word) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            json.append(c < ' ' || c == '"' || c == '\\' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
        }
        return json.append('"').toString();
    }

    /** Another value of this document or of another one. */
    private static String other(String text, JsonSpans spans, Material material, Chance chance) {
        String from = chance.oneIn(2) ? text : new String(chance.pick(material.inputs()), StandardCharsets.UTF_8);
        List<Span> values = from.equals(text) ? spans.values() : new JsonSpans(from).values();
        Span other = values.isEmpty() ? new Span(0, 0) : chance.pick(values);
        return from.substring(other.from(), other.to());
    }

    private static String nested(String inside, Chance chance) {
        int depth = chance.oneIn(40) ? DEEP : 1 + chance.few(80);
        return chance.oneIn(2)
                ? "[".repeat(depth) + inside + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + inside + "}".repeat(depth);
    }

    private static String renamed(String text, JsonSpans spans, Span member, Material material, Chance chance) {
        String value = text.substring(spans.valueOf(member), member.to());
        String name = text.substring(member.from(), Math.max(member.from(), spans.valueOf(member) - 1))
                .strip();
        String whole = text.substring(member.from(), member.to());
        return switch (chance.below(4)) {
            case 0 -> name.toUpperCase(Locale.ROOT) + ":" + value;
            case 1 -> whole + "," + name.toLowerCase(Locale.ROOT) + ":" + value;
            case 2 -> whole + "," + name.toUpperCase(Locale.ROOT) + ":" + chance.pick(VALUES);
            default -> quoted(material.word(chance)) + ":" + value;
        };
    }

    /** The same value written in another way. */
    private static String written(String inside, Chance chance) {
        if (inside.length() < 2 || inside.charAt(0) != '"') {
            return chance.oneIn(2) ? " \n\t" + inside + "\r\n" : inside + (chance.oneIn(2) ? ".0" : "e0");
        }
        int at = 1 + chance.below(inside.length() - 2);
        char c = inside.charAt(at);
        return c == '\\' || inside.charAt(at - 1) == '\\'
                ? inside
                : inside.substring(0, at) + String.format(Locale.ROOT, "\\u%04X", (int) c) + inside.substring(at + 1);
    }

    private String inside(String value, Material material, Chance chance) {
        if (value.length() < 2 || value.charAt(0) != '"') {
            return number(value, chance);
        }
        String content = value.substring(1, value.length() - 1);
        if (content.startsWith("{\\\"")) {
            String inner = content.replace("\\\"", "\"").replace("\\\\", "\\");
            return quoted(new String(
                    damage(inner.getBytes(StandardCharsets.UTF_8), material, chance), StandardCharsets.UTF_8));
        }
        if (content.length() >= LEAST_BASE64 && content.length() % 4 == 0) {
            try {
                byte[] decoded = Base64.getDecoder().decode(content);
                return "\"" + Base64.getEncoder().encodeToString(damaged(decoded, material, chance)) + "\"";
            } catch (IllegalArgumentException e) {
                // It is a text like any other.
            }
        }
        byte[] changed = bytes.damage(content.getBytes(StandardCharsets.UTF_8), material, chance);
        return quoted(new String(changed, StandardCharsets.UTF_8));
    }

    private byte[] damaged(byte[] decoded, Material material, Chance chance) {
        if (decoded.length > 1 && !chance.oneIn(3)) {
            if (decoded[0] == '{') {
                return damage(decoded, material, chance);
            }
            if (decoded[0] == DerMutator.SEQUENCE) {
                return der.damage(decoded, material, chance);
            }
        }
        return bytes.damage(decoded, material, chance);
    }

    private static String number(String value, Chance chance) {
        try {
            return Long.toString(Long.parseLong(value) + (chance.oneIn(2) ? 1 : -1));
        } catch (NumberFormatException e) {
            return chance.pick(VALUES);
        }
    }
}
