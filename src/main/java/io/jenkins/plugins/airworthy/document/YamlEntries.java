package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a long document as {@link StrictYaml} reads a short one, an entry at a time: a map whose last member is a list. The members
 * before it, and each entry, have the limits of a document; the number of entries is the caller's to limit. Only one entry is held.
 */
public final class YamlEntries implements AutoCloseable {
    private final String what;
    private final InputStream in;
    private final VisibleReader text;
    private final YamlTree tree;
    private final YamlValue head;
    private boolean ended;

    private YamlEntries(String what, InputStream in, VisibleReader text, YamlTree tree, YamlValue head) {
        this.what = what;
        this.in = in;
        this.text = text;
        this.tree = tree;
        this.head = head;
    }

    /**
     * Reads the members before the list.
     *
     * @param in is closed with this reader
     * @param list the name of the last member
     * @param maxCharacters of the whole document
     * @throws IOException if the stream fails; what is wrong with its content is an {@link InvalidInputException}
     */
    public static YamlEntries open(InputStream in, String what, String list, long maxCharacters)
            throws InvalidInputException, IOException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        VisibleReader text =
                new VisibleReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), what, maxCharacters);
        return guarded(what, () -> {
            YamlTree tree = new YamlTree(what, new ParserImpl(new StreamReader(text), options));
            return new YamlEntries(what, in, text, tree, tree.mapBefore(list));
        });
    }

    /** The members before the list. */
    public YamlValue head() {
        return head;
    }

    /** The next entry; empty at the end, when the whole stream was read. */
    public Optional<YamlValue> next() throws InvalidInputException, IOException {
        if (ended) {
            return Optional.empty();
        }
        text.beginPart();
        Optional<YamlValue> next = guarded(what, tree::entry);
        if (next.isEmpty()) {
            ended = true;
            in.transferTo(OutputStream.nullOutputStream()); // a stream that verifies does so at its end
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    @FunctionalInterface
    private interface Part<T> {
        T read() throws InvalidInputException;
    }

    private static <T> T guarded(String what, Part<T> part) throws InvalidInputException, IOException {
        try {
            return part.read();
        } catch (MarkedYAMLException e) {
            throw StrictYaml.invalid(what, e);
        } catch (YAMLException | NumberFormatException e) {
            if (e.getCause() instanceof CharacterCodingException malformed) {
                throw Utf8.malformed(what, malformed);
            }
            if (e.getCause() instanceof IOException failed) {
                if (failed.getCause() instanceof InvalidInputException refused) {
                    throw refused;
                }
                throw failed;
            }
            throw new InvalidInputException(what + ": is not valid YAML", e);
        }
    }
}
