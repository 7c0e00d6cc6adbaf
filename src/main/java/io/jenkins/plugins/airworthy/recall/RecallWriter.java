package io.jenkins.plugins.airworthy.recall;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Writes a list of recalls, an entry at a time, in the form that {@link RecallEntries} reads. */
public final class RecallWriter implements Closeable {
    private static final String MEMBER = "\n    ";

    private final Writer out;
    private boolean empty = true;

    /** Writes the head. */
    public RecallWriter(OutputStream out, DocumentHead head) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.out.write("apiVersion: " + DocumentHead.API_VERSION + "\nkind: " + head.kind() + "\nmetadata:\n  name: "
                + head.name() + "\n  version: " + head.version()
                + head.previous().map(digest -> "\n  previous: " + digest).orElse("") + "\n  issued: " + head.issued()
                + "\n  expires: " + head.expires() + "\nentries:");
    }

    /** Writes the next entry, whose id must be higher than those before. */
    public void write(Recall recall) throws IOException {
        empty = false;
        out.write("\n  - id: " + recall.id());
        out.write(MEMBER + "state: " + (recall.holds() ? "recalled" : "lifted"));
        out.write(MEMBER + "action: " + recall.action());
        out.write(MEMBER + "story: " + quoted(recall.story()));
        out.write(MEMBER + "since: " + recall.since());
        out.write(MEMBER + "by: " + quoted(recall.by()));
        if (recall.incident().isPresent()) {
            out.write(MEMBER + "incident: " + quoted(recall.incident().get()));
        }
        out.write(MEMBER + recall.target().kind() + ": " + value(recall.target()));
        if (recall.target() instanceof RecallTarget.Layers layers
                && layers.base().isPresent()) {
            out.write(MEMBER + "base: " + quoted(layers.base().get()));
        }
        if (recall.lifted().isPresent()) {
            Recall.Lifted lifted = recall.lifted().get();
            out.write(MEMBER + "lifted: {reason: " + quoted(lifted.reason()) + ", by: " + quoted(lifted.by()) + ", at: "
                    + quoted(lifted.at().toString()) + "}");
        }
    }

    @Override
    public void close() throws IOException {
        out.write(empty ? " []\n" : "\n");
        out.close();
    }

    private static String value(RecallTarget target) {
        if (target instanceof RecallTarget.Digests recalled) {
            return digests(recalled.digests().stream().sorted().toList());
        }
        if (target instanceof RecallTarget.Layers recalled) {
            return list(recalled.stacks().stream().map(RecallWriter::digests).toList());
        }
        if (target instanceof RecallTarget.Packages recalled) {
            return list(recalled.packages().stream().map(RecallWriter::affected).toList());
        }
        if (target instanceof RecallTarget.Source recalled) {
            List<String> commits = recalled.commits().stream()
                    .sorted()
                    .map(RecallWriter::quoted)
                    .toList();
            return map("repository", Optional.of(quoted(recalled.repository())), "commits", listed(commits));
        }
        if (target instanceof RecallTarget.Builder recalled) {
            return map(
                    "id",
                    Optional.of(quoted(recalled.id())),
                    "agent",
                    recalled.agent().map(RecallWriter::quoted),
                    "from",
                    moment(recalled.window().from()),
                    "until",
                    moment(recalled.window().until()));
        }
        if (target instanceof RecallTarget.Evidence recalled) {
            TimeWindow database = recalled.database();
            return map(
                    "type",
                    recalled.type().map(RecallWriter::quoted),
                    "scanner",
                    recalled.scanner().map(RecallWriter::quoted),
                    "versions",
                    recalled.versions().map(range -> quoted(range.toString())),
                    "database",
                    database.isAlways()
                            ? Optional.empty()
                            : Optional.of(map("from", moment(database.from()), "until", moment(database.until()))),
                    "from",
                    moment(recalled.window().from()),
                    "until",
                    moment(recalled.window().until()));
        }
        RecallTarget.Signer recalled = (RecallTarget.Signer) target;
        return map(
                "key",
                recalled.key().map(RecallWriter::quoted),
                "issuer",
                recalled.issuer().map(RecallWriter::quoted),
                "subject",
                recalled.subject().map(RecallWriter::quoted),
                "from",
                moment(recalled.window().from()),
                "until",
                moment(recalled.window().until()));
    }

    private static String affected(RecallTarget.AffectedPackage each) {
        return map(
                "package",
                Optional.of(quoted(each.name().url())),
                "versions",
                listed(each.versions().stream()
                        .map(range -> quoted(range.toString()))
                        .toList()));
    }

    /** Names and values in turn; a member without a value is left out. */
    private static String map(Object... members) {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < members.length; i += 2) {
            Object name = members[i];
            ((Optional<?>) members[i + 1]).ifPresent(value -> written.add(name + ": " + value));
        }
        return "{" + String.join(", ", written) + "}";
    }

    private static Optional<String> listed(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(list(values));
    }

    private static Optional<String> moment(Optional<Instant> at) {
        return at.map(time -> quoted(time.toString()));
    }

    private static String digests(Collection<Digest> digests) {
        return list(digests.stream().map(digest -> quoted(digest.toString())).toList());
    }

    private static String list(List<String> values) {
        return "[" + String.join(", ", values) + "]";
    }

    /** A text in double quotes, which JSON and YAML read alike. */
    private static String quoted(String text) {
        return new String(StrictJson.write(TextNode.valueOf(text)), StandardCharsets.UTF_8);
    }
}
