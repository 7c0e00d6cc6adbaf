package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlEntries;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads a list of recalls, an entry at a time, so that memory does not limit its length. The ids of its entries ascend, so none
 * occurs twice.
 */
public final class RecallEntries implements AutoCloseable {
    /** The most bytes of a list. */
    public static final long MAX_BYTES = 1L << 30;

    /** The most entries of a list. */
    public static final int MAX_ENTRIES = 2_000_000;

    private static final String ENTRIES = "entries";

    private final YamlEntries yaml;
    private final DocumentHead head;
    private Optional<RecallId> last = Optional.empty();
    private int count;

    private RecallEntries(YamlEntries yaml, DocumentHead head) {
        this.yaml = yaml;
        this.head = head;
    }

    /**
     * Reads the head of a list.
     *
     * @param in is closed with this reader, or if this fails
     * @param what the name of the document in errors
     * @throws IOException if the stream fails; what is wrong with its content is an {@link InvalidInputException}
     */
    public static RecallEntries open(InputStream in, String what) throws InvalidInputException, IOException {
        boolean opened = false;
        try {
            YamlEntries yaml = YamlEntries.open(in, what, ENTRIES, MAX_BYTES);
            RecallEntries entries = new RecallEntries(yaml, DocumentHead.read(yaml.head(), DocumentHead.RECALLS));
            opened = true;
            return entries;
        } finally {
            if (!opened) {
                in.close();
            }
        }
    }

    public DocumentHead head() {
        return head;
    }

    /** The next entry; empty at the end, when the whole stream was read. */
    public Optional<Recall> next() throws InvalidInputException, IOException {
        Optional<YamlValue> entry = yaml.next();
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Recall recall = RecallReader.read(entry.get());
        if (last.isPresent() && last.get().compareTo(recall.id()) >= 0) {
            throw entry.get()
                    .member("id")
                    .error(recall.id() + " comes after " + last.get() + ": ids ascend, and each occurs once");
        }
        if (++count > MAX_ENTRIES) {
            throw entry.get().error("more than the allowed " + MAX_ENTRIES + " entries");
        }
        last = Optional.of(recall.id());
        return Optional.of(recall);
    }

    /** How many entries were read. */
    public int count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        yaml.close();
    }
}
