package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

import java.util.Locale;

/**
 * Reads one untrusted YAML document as a tree of {@link YamlValue} with line and column. Only plain maps,
 * lists and scalars are allowed: anchors, aliases, tags, merge keys, directives, further documents and invisible
 * characters are refused, so that nothing expands and everything means what an editor shows.
 */
public final class StrictYaml {
    /** How many characters a document may have. */
    public static final int MAX_CHARACTERS = 256 * 1024;

    /** How deep maps and lists may nest. */
    public static final int MAX_DEPTH = 30;

    /** How many values a document may have, the keys of maps among them. */
    public static final int MAX_VALUES = 50_000;

    /** The maximum size of a document in bytes: UTF-8 has at most four for a character. */
    public static final int MAX_BYTES = 4 * MAX_CHARACTERS;

    private StrictYaml() {}

    /**
     * Reads the only document in the bytes.
     *
     * @param what names the document in errors, usually its file name
     */
    public static YamlValue parse(byte[] bytes, String what) throws InvalidInputException {
        if (bytes.length > MAX_BYTES) {
            throw tooLarge(what);
        }
        String text = Utf8.decode(bytes, what);
        if (text.length() > MAX_CHARACTERS) {
            throw tooLarge(what);
        }
        refuseHiddenCharacters(text, what);
        try {
            return new YamlTree(what, new ParserImpl(new StreamReader(text), new LoaderOptions())).document();
        } catch (MarkedYAMLException e) {
            throw invalid(what, e);
        } catch (YAMLException | NumberFormatException e) {
            // The library's scanner reads the digits of a broken escape such as "\\u" without a check of its own.
            throw new InvalidInputException(what + ": is not valid YAML", e);
        }
    }

    static InvalidInputException invalid(String what, MarkedYAMLException e) {
        return new InvalidInputException(what + place(e) + ": is not valid YAML: " + reason(e), e);
    }

    private static void refuseHiddenCharacters(String text, String what) throws InvalidInputException {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean breaks = c == '\n' || (c == '\r' && text.startsWith("\r\n", i));
            if (!breaks && c != '\t' && isHidden(c)) {
                throw new InvalidInputException(what + ":" + line + ":" + column + ": contains the character U+"
                        + String.format(Locale.ROOT, "%04X", c)
                        + ", which editors do not show; remove it or write it as an escape");
            }
            line += c == '\n' ? 1 : 0;
            column = c == '\n' ? 1 : column + 1;
        }
    }

    /** Among these are line breaks of YAML 1.1 alone: what follows one would be a comment to the eye and a rule to us. */
    static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static InvalidInputException tooLarge(String what) {
        return new InvalidInputException(what + ": larger than the allowed " + MAX_CHARACTERS + " characters");
    }

    private static String place(MarkedYAMLException e) {
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        return mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    private static String reason(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("TAB")) {
            return "a tab where only spaces are allowed";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a ':' where no key can be; quote the text if it is meant as text";
        }
        if (problem.contains("could not find expected ':'")) {
            return "a key without ':'";
        }
        if (problem.contains("but found ':'")) {
            return "a ':' without a key";
        }
        if (problem.contains("expected <block end>")) {
            return "wrong indentation";
        }
        if (problem.contains("unexpected end of stream")) {
            return "a quoted text does not end";
        }
        return "unexpected text";
    }
}
