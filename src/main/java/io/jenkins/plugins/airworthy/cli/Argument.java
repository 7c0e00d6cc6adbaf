package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An option or a parameter of a command: how it is written, how help explains it, and what was given for it. */
final class Argument {
    /** What may be given, and how often. */
    enum Kind {
        FLAG,
        OPTIONAL,
        /** One of the words in the label, {@code text|json}. */
        CHOICE,
        NUMBER,
        REQUIRED,
        REPEATED,
        PARAMETER,
        /** A parameter that may be given several times, and must be given once. */
        PARAMETERS
    }

    /** The longest word that a message repeats whole. */
    private static final int MAX_QUOTED = 80;

    private final Kind kind;
    private final List<String> names = new ArrayList<>(2);
    private final String label;
    private final String description;
    private final List<String> values = new ArrayList<>(1);
    private final List<String> spellings = new ArrayList<>(0);
    private List<String> suggestions = List.of();
    private boolean hidden;

    /**
     * @param name with its dashes; of a parameter, which has none in a command line, what stands for it in help
     * @param label what stands for its value in help; empty for a flag
     */
    Argument(Kind kind, String name, String label, String description) {
        this.kind = kind;
        this.names.add(name);
        this.label = label;
        this.description = description;
    }

    /** Adds a name of one letter. */
    Argument alias(String name) {
        names.add(0, name);
        return this;
    }

    /** Accepts another spelling, which help does not show: the word of a pipeline's step. */
    Argument spelling(String name) {
        spellings.add(name);
        return this;
    }

    /** Values that are often meant; shells offer them. */
    Argument suggesting(List<String> values) {
        suggestions = List.copyOf(values);
        return this;
    }

    /** Accepts an earlier spelling, which help does not show. */
    Argument hidden() {
        hidden = true;
        return this;
    }

    /** A word that somebody typed, as messages repeat it. */
    static String quoted(String word) {
        return "'" + (word.length() <= MAX_QUOTED ? word : word.substring(0, MAX_QUOTED) + "…") + "'";
    }

    /** Takes a value, or refuses it. */
    void take(String value) throws InvalidInputException {
        if (!values.isEmpty() && !isRepeatable()) {
            values.add(value); // a run that fails answers in each file that was named for its report
            throw new InvalidInputException(name() + " is given twice: keep one");
        }
        List<String> words = takesValue() ? words() : List.of("true", "false");
        if (!words.isEmpty() && !words.contains(value)) {
            throw new InvalidInputException(name() + " " + quoted(value) + ": expected " + String.join(" or ", words));
        }
        if (kind == Kind.NUMBER) {
            number(value);
        }
        values.add(value);
    }

    private int number(String value) throws InvalidInputException {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(name() + " " + quoted(value) + ": expected a whole number", e);
        }
    }

    boolean given() {
        return !values.isEmpty() && (kind != Kind.FLAG || Boolean.parseBoolean(text()));
    }

    /** The value of what is required or was {@linkplain #given given}. */
    String text() {
        return values.get(0);
    }

    Optional<String> value() {
        return given() ? Optional.of(text()) : Optional.empty();
    }

    Optional<Integer> number() throws InvalidInputException {
        return given() ? Optional.of(number(text())) : Optional.empty();
    }

    /** All values of what may be given several times. */
    List<String> values() {
        return List.copyOf(values);
    }

    /** The only values that it takes; empty if it takes others. */
    List<String> words() {
        return kind == Kind.CHOICE ? List.of(label.split("[|]")) : List.of();
    }

    /** What shells offer for its value; empty if that is a file. */
    List<String> suggestions() {
        return kind == Kind.CHOICE ? words() : suggestions;
    }

    boolean takesValue() {
        return kind != Kind.FLAG;
    }

    boolean isParameter() {
        return kind == Kind.PARAMETER || kind == Kind.PARAMETERS;
    }

    boolean isRepeatable() {
        return kind == Kind.REPEATED || kind == Kind.PARAMETERS;
    }

    boolean isRequired() {
        return kind == Kind.REQUIRED || isParameter();
    }

    boolean isHidden() {
        return hidden;
    }

    List<String> names() {
        return List.copyOf(names);
    }

    /** Everything that calls it. */
    List<String> accepted() {
        List<String> accepted = new ArrayList<>(names);
        accepted.addAll(spellings);
        return accepted;
    }

    /** The whole name, not the letter. */
    String name() {
        return names.get(names.size() - 1);
    }

    String label() {
        return label;
    }

    String description() {
        return description;
    }
}
