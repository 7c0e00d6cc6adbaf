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
 * An untrusted regular expression in Go's syntax, matched in linear time anywhere in a text.
 * Refuses long patterns, and nested repetitions that would exhaust the memory.
 */
final class BoundedPattern {
    /** How many characters a pattern may have. */
    static final int MAX_LENGTH = 1_000;

    /** How many instructions a pattern may become. */
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
        // Before it is compiled: (a{1000}){1000} already takes a hundred megabytes.
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

    /** In bytes of UTF-8, as Go does it. */
    boolean isFoundIn(byte[] text, MatchBudget budget) throws InvalidInputException {
        budget.spend(text.length, pattern.programSize(), pattern.pattern());
        // The library takes the place behind any byte above 0x7f for the beginning of the text.
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

    /** With a replacement character for each byte that is no UTF-8, as Go reads them. */
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
