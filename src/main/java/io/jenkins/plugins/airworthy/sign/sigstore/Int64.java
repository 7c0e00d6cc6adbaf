package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads integers as protocol buffers write them in JSON: with or without quotes. Refuses negative and non-canonical numbers. */
final class Int64 {
    private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,17}");

    private Int64() {}

    /** Returns the number; empty if the member is absent, which protocol buffers also write for zero. */
    static OptionalLong member(JsonObject json, String name) throws InvalidInputException {
        if (!json.has(name)) {
            return OptionalLong.empty();
        }
        if (json.node().path(name).isNumber()) {
            return OptionalLong.of(json.count(name));
        }
        return OptionalLong.of(parse(json.string(name), json, name));
    }

    static long parse(String text, JsonObject json, String name) throws InvalidInputException {
        if (!DIGITS.matcher(text).matches()) {
            throw json.error(name, "expected a whole number that is not negative");
        }
        return Long.parseLong(text);
    }
}
