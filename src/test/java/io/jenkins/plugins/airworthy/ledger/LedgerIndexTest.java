package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.CLOCK;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.digest;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.entry;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.fill;
import static org.assertj.core.api.Assertions.assertThat;

/** Look-ups by segments give what reading every entry gives. */
class LedgerIndexTest {
    private static final int SMALL = 256;
    private static final int ENTRIES = 17 * SMALL + 40;

    @TempDir
    Path folder;

    private final NoteSigner signer = LedgerFolder.signer();
    private LogSource source;
    private Tree tree;

    @BeforeEach
    void write() throws Exception {
        try (Ledger ledger = Ledger.open(folder, signer, CLOCK, List.of())) {
            fill(ledger, 0, ENTRIES);
            source = LogSource.folder(folder.resolve("log"));
            tree = Tree.of(signer.publicKey().open(ledger.checkpoint(), "checkpoint"), source);
        }
    }

    private Index index(IndexWriter writer, int segments, int entries) throws Exception {
        Index index = Index.NONE;
        for (int segment = 0; segment < segments; segment++) {
            List<Posting> postings = new ArrayList<>();
            for (long place = index.covered(); place < index.covered() + entries; place++) {
                for (Term term : entry(place).terms()) {
                    postings.add(new Posting(term.hash(), place));
                }
            }
            index = writer.add(index, postings, tree);
        }
        return index;
    }

    @Test
    void mergesSegmentsOfOneSizeAndFindsTheSame() throws Exception {
        List<Term> terms = List.of(
                Term.digest(digest("image 3")),
                Term.target("registry.example.com/prod/shop:2"),
                Term.run("team/shop #300"));
        PublishedLedger plain = PublishedLedger.open(folder, signer.publicKey());
        Index index = index(new IndexWriter(folder.resolve("log"), signer, SMALL), 17, SMALL);
        assertThat(index.segments()).extracting(Segment::count).containsExactly(2_048L, 2_048L, 256L);
        PublishedLedger indexed = PublishedLedger.open(folder, signer.publicKey());
        for (Term term : terms) {
            assertThat(indexed.find(term, ENTRIES)).isNotEmpty().isEqualTo(plain.find(term, ENTRIES));
        }
        assertThat(indexed.verify().problems()).isEmpty();
        assertThat(indexed.verify().postings()).isEqualTo(17L * SMALL * 4);
        index(new IndexWriter(folder.resolve("log"), signer, SMALL), 1, SMALL);
        assertThat(folder.resolve("log/index/0-2048")).doesNotExist();
    }

    @Test
    void findsATermThatFillsBlocks() throws Exception {
        Term term = Term.target("registry.example.com/prod/shop:2");
        List<Posting> postings = new ArrayList<>();
        postings.add(new Posting(Long.MIN_VALUE, 1));
        for (long place = 0; place < 4_200; place++) {
            postings.add(new Posting(term.hash(), place));
        }
        postings.add(new Posting(Long.MAX_VALUE, 1));
        Index index = new IndexWriter(folder.resolve("log"), signer, 4_200).add(Index.NONE, postings, tree);
        assertThat(PublishedLedger.open(folder, signer.publicKey()).find(term, 9_999))
                .hasSize((ENTRIES + 0) / 3);
        assertThat(index.opened().get(0).blocks()).isEqualTo(2);
    }

    @Test
    void saysThatAnIndexIsNotThatOfItsEntries() throws Exception {
        List<Posting> postings = new ArrayList<>();
        postings.add(new Posting(1, 1));
        new IndexWriter(folder.resolve("log"), signer, SMALL).add(Index.NONE, postings, tree);
        assertThat(PublishedLedger.open(folder, signer.publicKey()).verify().problems())
                .hasSize(1)
                .first()
                .asString()
                .endsWith("the index does not name exactly the entries that have its terms");
    }
}
