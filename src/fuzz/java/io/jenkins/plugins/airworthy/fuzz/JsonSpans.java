package io.jenkins.plugins.airworthy.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Where the values and members of a JSON text are. It need not be valid: what cannot be told apart is left out. */
final class JsonSpans {
    /** A value, or a member with its name, from one place to another. */
    record Span(int from, int to) {}

    private static final int MAX_DEPTH = 200;

    private final String text;
    private final List<Span> values = new ArrayList<>();
    private final List<Span> members = new ArrayList<>();
    private final List<Span> parts = new ArrayList<>();
    private int at;

    JsonSpans(String text) {
        this.text = text;
        value(0);
    }

    List<Span> values() {
        return values;
    }

    /** Each with the name and the value, without comma. */
    List<Span> members() {
        return members;
    }

    /** The members, and the elements of arrays. */
    List<Span> parts() {
        return parts;
    }

    /** Where the value of a member begins. */
    int valueOf(Span member) {
        int colon = text.indexOf(':', endOfString(member.from()));
        return colon < 0 || colon >= member.to() ? member.from() : colon + 1;
    }

    private void value(int depth) {
        skipSpace();
        int from = at;
        if (depth > MAX_DEPTH || at >= text.length()) {
            at = text.length();
            return;
        }
        switch (text.charAt(at)) {
            case '{' -> inside('}', depth);
            case '[' -> inside(']', depth);
            case '"' -> at = endOfString(at);
            default -> {
                while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
            }
        }
        values.add(new Span(from, at));
    }

    private void inside(char end, int depth) {
        at++;
        skipSpace();
        while (at < text.length() && text.charAt(at) != end) {
            int from = at;
            if (end == '}' && text.charAt(at) == '"') {
                at = endOfString(at);
                skipSpace();
                if (at < text.length() && text.charAt(at) == ':') {
                    at++;
                }
                value(depth + 1);
                members.add(new Span(from, at));
            } else {
                value(depth + 1);
            }
            parts.add(new Span(from, at));
            skipSpace();
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
                skipSpace();
            } else if (at == from) {
                at++; // no JSON: go on somewhere
            }
        }
        at = Math.min(at + 1, text.length());
    }

    private int endOfString(int quote) {
        int i = quote + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, text.length());
    }

    private void skipSpace() {
        while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
