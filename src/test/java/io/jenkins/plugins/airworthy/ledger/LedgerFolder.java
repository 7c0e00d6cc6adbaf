package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Entries and folders of the tests. */
final class LedgerFolder {
    static final String ORIGIN = "ci.example.com/ledger";
    static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    private LedgerFolder() {}

    static NoteSigner signer() {
        try {
            return NoteSigner.generate(ORIGIN);
        } catch (InvalidInputException e) {
            throw new AssertionError(e);
        }
    }

    static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** About one of seven images, at one of three targets. */
    static Entry entry(long number) {
        return Entry.of("signature", NOON.minusSeconds(3_600).plusMillis(number))
                .about(digest("image " + number % 7))
                .at("registry.example.com/prod/shop:" + number % 3)
                .by("team/shop #" + number)
                .signing(digest("statement " + number))
                .with("number", number);
    }

    static List<Entry> entries(long from, long to) {
        List<Entry> entries = new ArrayList<>();
        for (long number = from; number < to; number++) {
            entries.add(entry(number));
        }
        return entries;
    }

    /** Adds entries in large steps. */
    static void fill(Ledger ledger, long from, long to) throws Exception {
        for (long number = from; number < to; number += Ledger.MAX_TOGETHER) {
            ledger.appendAll(entries(number, Math.min(to, number + Ledger.MAX_TOGETHER)));
        }
    }

    static void copy(Path from, Path to) throws IOException {
        delete(to);
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
