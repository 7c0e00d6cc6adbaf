package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A value of a YAML document with its line and column. The reader of a value says which type it expects; a plain
 * scalar that YAML 1.1 and 1.2 read differently ({@code no}, {@code 010}, {@code 1:30}, {@code 1_000}) is refused
 * everywhere unless it is quoted, and {@code true}, {@code null} or {@code 12} is not a text unless it is quoted.
 */
public final class YamlValue {
    private static final Pattern AMBIGUOUS = Pattern.compile(
            "(?i:yes|no|on|off|y|n)" // truth values of 1.1
                    + "|[+-]?0[0-9_]+|[+-]?0[xob][0-9a-fA-F_]+" // octal in one of them, or a leading zero in both
                    + "|[+-]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?" // base 60 of 1.1
                    + "|[+-]?[0-9.]*_[0-9._]*([eE][+-]?[0-9_]+)?" // 1_000 of 1.1
                    + "|[+-]?\\.(?i:inf|nan)|=|<<");
    private static final Pattern OTHER_TYPE =
            Pattern.compile("(?i:true|false|null)|~||[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final int LONGEST_AMBIGUOUS = 64; // no reader treats a longer text as a number
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private enum Kind {
        MAP,
        LIST,
        PLAIN,
        QUOTED,
        BLOCK
    }

    private final String what;
    private final Kind kind;
    private final int line;
    private final int column;
    private final String scalar;
    private final Map<String, YamlValue> members;
    private final List<YamlValue> items; // of a list its values, of a map its keys

    private YamlValue(
            String what, Kind kind, Mark mark, String scalar, Map<String, YamlValue> members, List<YamlValue> items) {
        this.what = what;
        this.kind = kind;
        this.line = mark.getLine() + 1;
        this.column = mark.getColumn() + 1;
        this.scalar = scalar;
        this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        this.items = List.copyOf(items);
    }

    static YamlValue scalar(String what, Mark mark, String scalar, ScalarStyle style) {
        Kind kind =
                switch (style) {
                    case PLAIN -> Kind.PLAIN;
                    case LITERAL, FOLDED -> Kind.BLOCK;
                    default -> Kind.QUOTED;
                };
        return new YamlValue(what, kind, mark, scalar, Map.of(), List.of());
    }

    static YamlValue map(String what, Mark mark, Map<String, YamlValue> members, List<YamlValue> keys) {
        return new YamlValue(what, Kind.MAP, mark, "", members, keys);
    }

    static YamlValue list(String what, Mark mark, List<YamlValue> values) {
        return new YamlValue(what, Kind.LIST, mark, "", Map.of(), values);
    }

    public boolean isMap() {
        return kind == Kind.MAP;
    }

    public boolean isList() {
        return kind == Kind.LIST;
    }

    /** Whether nothing was written, or {@code null} or {@code ~}. */
    public boolean isNull() {
        return kind == Kind.PLAIN && NULLS.contains(scalar);
    }

    /** The members in their order. */
    public Map<String, YamlValue> map() throws InvalidInputException {
        if (kind != Kind.MAP) {
            throw error("expected a map, found " + found());
        }
        return members;
    }

    /** The members in their order, refusing every one that is not in {@code known}. */
    public Map<String, YamlValue> mapOf(Set<String> known) throws InvalidInputException {
        Map<String, YamlValue> all = map();
        for (YamlValue key : items) {
            if (!known.contains(key.scalar)) {
                throw key.error("unknown key '" + key.scalar + "', expected one of "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return all;
    }

    /** A member that must be there. */
    public YamlValue member(String name) throws InvalidInputException {
        return optional(name).orElseThrow(() -> error("'" + name + "' is missing"));
    }

    /** A member that may be absent; one written as null is refused, since it says nothing. */
    public Optional<YamlValue> optional(String name) throws InvalidInputException {
        YamlValue value = map().get(name);
        if (value != null && value.isNull()) {
            throw value.error("'" + name + "' has no value");
        }
        return Optional.ofNullable(value);
    }

    public List<YamlValue> list() throws InvalidInputException {
        if (kind != Kind.LIST) {
            throw error("expected a list, found " + found());
        }
        return items;
    }

    /** The texts of a list. */
    public List<String> texts() throws InvalidInputException {
        List<String> texts = new ArrayList<>();
        for (YamlValue value : list()) {
            texts.add(value.text());
        }
        return List.copyOf(texts);
    }

    /** A text; one that looks like a number, a truth value or null must be quoted. */
    public String text() throws InvalidInputException {
        requireScalar("a text");
        if (kind == Kind.PLAIN && OTHER_TYPE.matcher(scalar).matches()) {
            throw error(
                    "expected a text, found " + (isNull() ? "nothing" : scalar + "; quote it if it is meant as text"));
        }
        return scalar;
    }

    /** A scalar exactly as it was written, for values such as ports where quoted and unquoted mean the same. */
    public String raw() throws InvalidInputException {
        requireScalar("a value");
        return scalar;
    }

    /** A whole number that is not negative, written in decimal without quotes. */
    public long count() throws InvalidInputException {
        requireScalar("a whole number");
        if (kind != Kind.PLAIN || !WHOLE_NUMBER.matcher(scalar).matches()) {
            throw error("expected a whole number that is not negative, found " + asWritten());
        }
        return Long.parseLong(scalar);
    }

    /** {@code true} or {@code false}, without quotes. */
    public boolean truth() throws InvalidInputException {
        requireScalar("true or false");
        if (kind == Kind.PLAIN && scalar.equals("true")) {
            return true;
        }
        if (kind == Kind.PLAIN && scalar.equals("false")) {
            return false;
        }
        throw error("expected true or false, found " + asWritten());
    }

    private String asWritten() {
        return "'" + scalar + "'" + (kind == Kind.QUOTED ? " in quotes, which make it a text" : "");
    }

    /** The line of the document, from 1. */
    public int line() {
        return line;
    }

    /** The column of the document, from 1. */
    public int column() {
        return column;
    }

    /** The failure to throw for this value; it names document, line and column. */
    public InvalidInputException error(String problem) {
        return new InvalidInputException(what + ":" + line + ":" + column + ": " + problem);
    }

    /**
     * The failure to throw for a place inside this text, both counted from 1. The column is exact for a text on one line;
     * inside a block it is counted from the block's own indentation.
     */
    public InvalidInputException errorAt(int lineInText, int columnInText, String problem) {
        int firstLine = kind == Kind.BLOCK ? line + 1 : line;
        int firstColumn = kind == Kind.BLOCK ? 1 : kind == Kind.QUOTED ? column + 1 : column;
        int there = lineInText == 1 ? firstColumn + columnInText - 1 : columnInText;
        return new InvalidInputException(what + ":" + (firstLine + lineInText - 1) + ":" + there + ": " + problem);
    }

    void refuseAmbiguity() throws InvalidInputException {
        if (kind == Kind.PLAIN
                && scalar.length() <= LONGEST_AMBIGUOUS
                && AMBIGUOUS.matcher(scalar).matches()) {
            throw error("'" + scalar + "' means different things in YAML 1.1 and 1.2; quote it if it is meant as text");
        }
    }

    private void requireScalar(String expected) throws InvalidInputException {
        if (isMap() || isList()) {
            throw error("expected " + expected + ", found " + found());
        }
    }

    private String found() {
        return isMap() ? "a map" : isList() ? "a list" : isNull() ? "nothing" : "'" + scalar + "'";
    }
}
