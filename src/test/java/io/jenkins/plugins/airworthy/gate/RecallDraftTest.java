package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.recall.Recall;
import io.jenkins.plugins.airworthy.recall.RecallTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Changes of a list in a file. */
class RecallDraftTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final int WRITERS = 8;

    @TempDir
    Path folder;

    private static RecallDraft.Entry entry() {
        return new RecallDraft.Entry(
                new RecallTarget.Digests(Set.of(Digest.of("image".getBytes(UTF_8)))),
                Recall.Action.PROMOTE,
                "s",
                NOW,
                "alice",
                Optional.empty());
    }

    @Test
    void entriesThatAreAddedAtTheSameTimeAreAllKept() throws Exception {
        Path file = folder.resolve("recalls.yaml");
        new RecallDraft(file).create("acme", NOW, Duration.ofDays(7));
        Files.createSymbolicLink(folder.resolve("link.yaml"), file);
        List<Future<Recall>> added = new ArrayList<>();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            for (int i = 0; i < 3 * WRITERS; i++) {
                RecallDraft draft = new RecallDraft(i % 2 == 0 ? file : folder.resolve("link.yaml"));
                added.add(writers.submit(() -> draft.add(entry(), NOW)));
            }
            for (Future<Recall> each : added) {
                String id = each.get().id().toString();
                assertThat(Files.readString(file)).contains(id);
            }
        } finally {
            writers.shutdownNow();
        }
        assertThat(RecallPublisher.File.read(file).entries()).isEqualTo(3 * WRITERS);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("recalls.yaml", "link.yaml", ".recalls.yaml.lock");
        }
    }

    @Test
    void tellsHowAListBegins() {
        assertThatThrownBy(() -> new RecallDraft(folder.resolve("none.yaml")).add(entry(), NOW))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("none.yaml: there is no such file: 'airworthy recall new' begins one");
        assertThat(folder).isEmptyDirectory();
    }
}
