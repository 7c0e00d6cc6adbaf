package io.jenkins.plugins.airworthy.testing.structure;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An untrusted regular expression in Go's syntax. Matches anywhere in a text, in linear time. Refuses long patterns, and
 * nested repetitions that would exhaust the memory.
 */
final class BoundedPattern {
    /** Maximum length of a pattern, in characters. */
    static final int MAX_LENGTH = 1_000;

    /** Maximum size of a compiled pattern, in instructions. */
    static final int MAX_INSTRUCTIONS = 10_000;

    private final Pattern pattern;

    private BoundedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    static List<BoundedPattern> readAll(List<YamlValue> values) throws InvalidInputException {
        List<BoundedPattern> patterns = new ArrayList<>();
        for (YamlValue value : values) {
            patterns.add(read(value));
        }
        return patterns;
    }

    static BoundedPattern read(YamlValue value) throws InvalidInputException {
        String text = value.text();
        if (text.length() > MAX_LENGTH) {
            throw value.error("a pattern has at most " + MAX_LENGTH + " characters");
        }
        // Checked before compiling, since (a{1000}){1000} takes a hundred megabytes when compiled.
        if (PatternCost.of(text) > MAX_INSTRUCTIONS) {
            throw value.error("the pattern's repetitions make it larger than allowed");
        }
        try {
            Pattern compiled = Pattern.compile(text);
            if (compiled.programSize() > MAX_INSTRUCTIONS) {
                throw value.error("the pattern is larger than allowed");
            }
            return new BoundedPattern(compiled);
        } catch (PatternSyntaxException e) {
            throw (InvalidInputException)
                    value.error("'" + text + "' is not a regular expression in the syntax of Go (RE2)")
                            .initCause(e);
        }
    }

    /** Matches bytes of UTF-8, as Go does. */
    boolean isFoundIn(byte[] text, MatchBudget budget) throws InvalidInputException {
        budget.spend(text.length, pattern.programSize(), pattern.pattern());
        // The library treats the position after any byte above 0x7f as the beginning of the text.
        if (isAscii(text)) {
            return pattern.matcher(text).find();
        }
        return pattern.matcher(characters(text)).find();
    }

    private static boolean isAscii(byte[] text) {
        for (byte each : text) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }

    /** Replaces each byte that is not valid UTF-8 with a replacement character, as Go does. */
    private static CharSequence characters(byte[] text) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(text);
        CharBuffer characters = CharBuffer.allocate(text.length);
        for (CoderResult result = decoder.decode(bytes, characters, true);
                result.isMalformed();
                result = decoder.decode(bytes, characters, true)) {
            bytes.position(bytes.position() + result.length());
            characters.put("\ufffd".repeat(result.length()));
        }
        return characters.flip();
    }

    boolean isFoundIn(String text, MatchBudget budget) throws InvalidInputException {
        return isFoundIn(text.getBytes(StandardCharsets.UTF_8), budget);
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
