package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecallEntriesTest {
    private static final DocumentHead HEAD = new DocumentHead(
            DocumentHead.RECALLS,
            "acme",
            1,
            Optional.empty(),
            Instant.parse("2026-11-20T00:00:00Z"),
            Instant.parse("2026-11-27T00:00:00Z"));
    private static final String ENTRY = """
            id: R-2026-0001
            state: recalled
            story: s
            since: 2026-11-19T00:00:00Z
            by: alice
            """;

    private static Recall read(String target) throws Exception {
        String entry = (ENTRY + target.strip()).indent(4).strip();
        return all(document("  - " + entry)).get(0);
    }

    private static byte[] document(String entries) {
        return ("apiVersion: airworthy/v1\nkind: Recalls\nmetadata: {name: acme, version: 1, issued: 2026-11-20T00:00:00Z,"
                        + " expires: 2026-11-27T00:00:00Z}\nentries:\n" + entries + "\n")
                .getBytes(UTF_8);
    }

    private static List<Recall> all(byte[] yaml) throws InvalidInputException, IOException {
        List<Recall> all = new ArrayList<>();
        try (RecallEntries entries = RecallEntries.open(new ByteArrayInputStream(yaml), "recalls.yaml")) {
            for (Optional<Recall> next = entries.next(); next.isPresent(); next = entries.next()) {
                all.add(next.get());
            }
        }
        return all;
    }

    @Test
    void writesWhatItReads() throws Exception {
        String digest = "sha256:" + "a".repeat(64);
        for (String target : List.of(
                "digest: " + digest,
                "digest: [" + digest + "]",
                "layers: [[" + digest + "]]\nbase: registry.example.com/base:1",
                "packages: [{package: 'pkg:npm/%40acme/a'}, {package: 'pkg:npm/b', versions: ['vers:npm/<1.0.0', 'vers:npm/>2.0.0']}]",
                "source: {repository: 'https://git.example.com/a'}",
                "source: {repository: 'https://git.example.com/a', commits: ['" + "0".repeat(40) + "']}",
                "builder: {id: 'https://ci.example.com/', agent: linux-7, from: 2026-11-01T00:00:00Z, until: 2026-11-02T00:00:00Z}",
                "evidence: {scanner: Trivy, versions: 'vers:semver/<0.58.1', database: {until: 2026-11-02T00:00:00Z}}",
                "evidence: {type: 'https://example.com/x', from: 2026-11-02T00:00:00Z}",
                "signer: {key: '" + "b".repeat(64) + "'}",
                "signer: {issuer: 'https://accounts.example.com', subject: a@example.com, until: 2026-11-02T00:00:00Z}",
                "incident: 'I-1'\naction: admit\ndigest: " + digest)) {
            Recall recall = read(target);
            Recall lifted = recall.lift(new Recall.Lifted("it's \"over\"\nnow", "bob", Instant.EPOCH));
            for (Recall each : List.of(recall, lifted)) {
                ByteArrayOutputStream written = new ByteArrayOutputStream();
                try (RecallWriter writer = new RecallWriter(written, HEAD)) {
                    writer.write(each);
                }
                assertThat(all(written.toByteArray())).as(target).containsExactly(each);
            }
        }
    }

    @Test
    void writesAnEmptyList() throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        new RecallWriter(written, HEAD).close();
        assertThat(all(written.toByteArray())).isEmpty();
    }

    @Test
    void namesLineAndColumn() {
        assertThatThrownBy(() -> read("digest: x"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "recalls.yaml:10:13: 'x' is not a digest: expected sha256: and 64 lower-case hexadecimal digits");
    }

    @Test
    void onlyLiftingIsAChange() throws Exception {
        Recall recall = read("digest: sha256:" + "a".repeat(64));
        Recall lifted = recall.lift(new Recall.Lifted("r", "bob", Instant.EPOCH));
        Recall other = read("digest: sha256:" + "b".repeat(64));
        assertThat(recall.mayBecome(recall)).isTrue();
        assertThat(recall.mayBecome(lifted)).isTrue();
        assertThat(lifted.mayBecome(lifted)).isTrue();
        assertThat(lifted.mayBecome(recall)).isFalse();
        assertThat(recall.mayBecome(other)).isFalse();
        assertThat(recall.mayBecome(other.lift(new Recall.Lifted("r", "bob", Instant.EPOCH))))
                .isFalse();
    }

    /** Makes the bytes of a list while they are read, so that only the reader takes memory. */
    private static final class Endless extends InputStream {
        private final int entries;
        private byte[] part =
                new String(document(""), UTF_8).strip().concat("\n").getBytes(UTF_8);
        private int at;
        private int number;

        Endless(int entries) {
            this.entries = entries;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (at == part.length) {
                if (number == entries) {
                    return -1;
                }
                number++;
                part = ("  - {id: R-2026-%04d, state: recalled, story: Malware, since: 2026-11-19T00:00:00Z, by: feed,"
                                        .formatted(number)
                                + " packages: [{package: pkg:npm/bad-" + number + ", versions: vers:npm/1.0.0}]}\n")
                        .getBytes(UTF_8);
                at = 0;
            }
            int count = Math.min(length, part.length - at);
            System.arraycopy(part, at, buffer, offset, count);
            at += count;
            return count;
        }
    }

    @Test
    void readsAMillionEntriesInLittleMemory() throws Exception {
        int count = Integer.getInteger("airworthy.recalls", 50_000);
        long start = System.nanoTime();
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        long before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        int read = 0;
        long most = 0;
        try (RecallEntries entries = RecallEntries.open(new Endless(count), "recalls.yaml")) {
            while (entries.next().isPresent()) {
                if (++read % (count / 5) == 0) {
                    runtime.gc();
                    most = Math.max(
                            most,
                            ManagementFactory.getMemoryMXBean()
                                            .getHeapMemoryUsage()
                                            .getUsed()
                                    - before);
                }
            }
        }
        if (count >= 1_000_000) {
            System.out.println(
                    count + " entries: " + (System.nanoTime() - start) / 1_000_000 + " ms, " + most / 1024 + " KiB");
        }
        assertThat(read).isEqualTo(count);
        assertThat(most).isLessThan(8L << 20);
        assertThat(Digest.of(new byte[0])).isNotNull();
    }
}
