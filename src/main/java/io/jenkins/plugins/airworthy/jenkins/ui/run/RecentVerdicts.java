package io.jenkins.plugins.airworthy.jenkins.ui.run;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.policy.rule.Outcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The latest verdicts of all jobs, a line of JSON each in a file. For people to look at: nothing is ever decided by it, so a line that
 * cannot be read is passed over. Keeps {@value #KEPT} and forgets older ones. Safe for use by several threads.
 */
public final class RecentVerdicts {
    /** How many verdicts are kept. */
    public static final int KEPT = 500;

    /** How many lines the file may have before it is written anew. */
    static final int MAX_LINES = 2 * KEPT;

    /** How many bytes a line may have. */
    static final int MAX_LINE_BYTES = 64 * 1024;

    private final Path file;
    private final Deque<RecentVerdict> latest = new ArrayDeque<>();
    private boolean read;
    private int lines;

    public RecentVerdicts(Path file) {
        this.file = file;
    }

    /** Adds one, at once on disk. */
    public synchronized void add(RecentVerdict verdict) throws UndecidedException {
        load();
        keep(verdict);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (lines >= MAX_LINES) {
                rewrite();
            } else {
                Files.write(file, line(verdict), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                lines++;
            }
        } catch (IOException e) {
            throw new UndecidedException(file + ": the verdict could not be added to the list of recent ones", e);
        }
    }

    /** A job has another name now. */
    synchronized void move(String from, String to) throws UndecidedException {
        change(verdict ->
                verdict.job().equals(Outcome.bounded(from)) ? Optional.of(verdict.of(to)) : Optional.of(verdict));
    }

    /** A job, or a folder with all in it, is no more. */
    synchronized void remove(String name) throws UndecidedException {
        change(verdict ->
                verdict.job().equals(Outcome.bounded(name)) || verdict.job().startsWith(name + "/")
                        ? Optional.empty()
                        : Optional.of(verdict));
    }

    private void change(Function<RecentVerdict, Optional<RecentVerdict>> change) throws UndecidedException {
        load();
        List<RecentVerdict> before = List.copyOf(latest);
        List<RecentVerdict> after = before.stream()
                .flatMap(verdict -> change.apply(verdict).stream())
                .toList();
        if (after.equals(before)) {
            return;
        }
        latest.clear();
        latest.addAll(after);
        try {
            rewrite();
        } catch (IOException e) {
            throw new UndecidedException(file + ": the list of recent verdicts could not be written", e);
        }
    }

    /** The newest first. */
    public synchronized List<RecentVerdict> latest() throws UndecidedException {
        load();
        List<RecentVerdict> newestFirst = new ArrayList<>(latest);
        Collections.reverse(newestFirst);
        return List.copyOf(newestFirst);
    }

    private void keep(RecentVerdict verdict) {
        latest.addLast(verdict);
        if (latest.size() > KEPT) {
            latest.removeFirst();
        }
    }

    private void load() throws UndecidedException {
        if (read) {
            return;
        }
        // One character a byte: a broken one spoils its own line and no other.
        try (Stream<String> stored = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            stored.forEach(line -> {
                lines++;
                parse(line.getBytes(StandardCharsets.ISO_8859_1)).ifPresent(this::keep);
            });
        } catch (NoSuchFileException e) {
            lines = 0;
        } catch (IOException e) {
            throw new UndecidedException(file + ": the list of recent verdicts could not be read", e);
        }
        read = true;
    }

    private static Optional<RecentVerdict> parse(byte[] line) {
        try {
            return Optional.of(RecentVerdict.of(StrictJson.parseObject(line, "a recent verdict", MAX_LINE_BYTES)));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    private void rewrite() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh);
        for (RecentVerdict verdict : latest) {
            Files.write(fresh, line(verdict), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
        lines = latest.size();
    }

    private static byte[] line(RecentVerdict verdict) {
        byte[] json = StrictJson.write(verdict.toJson());
        byte[] line = new byte[json.length + 1];
        System.arraycopy(json, 0, line, 0, json.length);
        line[json.length] = '\n';
        return line;
    }
}
