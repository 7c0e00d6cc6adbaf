package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * Reads one YAML document that may be hostile, as a tree of {@link YamlValue} that knows line and column. Only plain maps,
 * lists and scalars exist: anchors, aliases, tags, merge keys and further documents are refused, so that nothing can
 * multiply and nothing means more than it shows.
 */
public final class StrictYaml {
    /** How many characters a document may have. */
    public static final int MAX_CHARACTERS = 256 * 1024;

    /** How deep maps and lists may nest. */
    public static final int MAX_DEPTH = 30;

    private StrictYaml() {}

    /**
     * Reads the only document in the bytes.
     *
     * @param what names the document in errors, usually its file name
     */
    public static YamlValue parse(byte[] bytes, String what) throws InvalidInputException {
        String text = decode(bytes, what);
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(0);
        options.setAllowDuplicateKeys(false);
        try {
            Iterator<Node> documents = new Yaml(new SafeConstructor(options))
                    .composeAll(new StringReader(text))
                    .iterator();
            if (!documents.hasNext()) {
                throw new InvalidInputException(what + ": is empty");
            }
            Node root = documents.next();
            if (documents.hasNext()) {
                throw new InvalidInputException(what + ": holds more than one document");
            }
            return YamlValue.of(what, root);
        } catch (MarkedYAMLException e) {
            String place = e.getProblemMark() == null
                    ? ""
                    : ":" + (e.getProblemMark().getLine() + 1) + ":"
                            + (e.getProblemMark().getColumn() + 1);
            throw new InvalidInputException(what + place + ": is not valid YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new InvalidInputException(what + ": is not valid YAML, or nests deeper than " + MAX_DEPTH, e);
        }
    }

    private static String decode(byte[] bytes, String what) throws InvalidInputException {
        if (bytes.length > MAX_CHARACTERS * 4) {
            throw new InvalidInputException(what + ": larger than the allowed " + MAX_CHARACTERS + " characters");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.length() > MAX_CHARACTERS) {
                throw new InvalidInputException(what + ": larger than the allowed " + MAX_CHARACTERS + " characters");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(what + ": is not valid UTF-8", e);
        }
    }
}
