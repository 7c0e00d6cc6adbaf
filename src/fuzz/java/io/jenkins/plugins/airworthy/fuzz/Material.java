package io.jenkins.plugins.airworthy.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What damage is made of: the words of a format, words that trouble most formats, and other inputs to take pieces from. */
record Material(List<String> words, List<byte[]> inputs) {
    private static final int LONG = 12_000;

    private static final List<String> TROUBLE = List.of(
            "",
            " ",
            "\n",
            "\r\n",
            "\r",
            "\t",
            "\0",
            "\u0085",
            "\u2028",
            "\u202e",
            "\u200b",
            "\ufeff",
            "\ufffd",
            "\ud83d\ude80",
            "\uff21",
            "\u0130",
            "\u0131",
            "\u212a",
            "\u00df",
            "\u0660",
            "e\u0301",
            "..",
            ".",
            "/",
            "//",
            "\\",
            "%",
            "%00",
            "%2e%2e",
            "%s%n",
            "*",
            "**",
            "***",
            "?",
            "{x}",
            "{x**}",
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            "$",
            "${x}",
            "'",
            "\"",
            "`",
            "#",
            "@",
            ":",
            ";",
            ",",
            "=",
            "&",
            "<",
            ">",
            "|",
            "!",
            "~",
            "-",
            "_",
            "+",
            "^",
            "0",
            "-0",
            "-1",
            "1",
            "2",
            "007",
            "0x10",
            "127",
            "128",
            "255",
            "256",
            "32768",
            "65535",
            "65536",
            "2147483647",
            "2147483648",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "99999999999999999999999999",
            "1e9",
            "1e400",
            "1e-400",
            "1e99999999",
            "0.1",
            "NaN",
            "Infinity",
            "true",
            "false",
            "null",
            "nil",
            "undefined",
            "(a+)+$",
            "a".repeat(70),
            "a".repeat(300),
            "../../etc/passwd",
            "con",
            "1970-01-01",
            "2026-02-30T25:61:61Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "9999-12-31T23:59:60Z",
            "https://",
            "file:///etc/passwd",
            "sha256:",
            "sha512:");

    Material {
        words = List.copyOf(words);
        inputs = List.copyOf(inputs);
    }

    String word(Chance chance) {
        if (!words.isEmpty() && chance.oneIn(2)) {
            return chance.pick(words);
        }
        return chance.oneIn(500) ? "a".repeat(chance.below(LONG)) : chance.pick(TROUBLE);
    }

    byte[] piece(Chance chance) {
        byte[] other = chance.pick(inputs);
        int from = chance.below(other.length);
        return Bytes.range(other, from, from + chance.few(other.length - from));
    }

    /** A word as the bytes of a text, or, seldom, bytes that are no text. */
    byte[] bytes(Chance chance) {
        if (chance.oneIn(12)) {
            return chance.pick(List.of(
                    new byte[] {(byte) 0xff},
                    new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, // half a surrogate pair
                    new byte[] {(byte) 0xc0, (byte) 0xaf}, // a slash in two bytes
                    new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // beyond Unicode
                    new byte[] {(byte) 0xe2, (byte) 0x82}));
        }
        return word(chance).getBytes(StandardCharsets.UTF_8);
    }

    Material with(byte[] one) {
        List<byte[]> more = new ArrayList<>(inputs);
        more.add(one);
        return new Material(words, more);
    }
}
