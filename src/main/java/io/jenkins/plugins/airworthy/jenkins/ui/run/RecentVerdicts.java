package io.jenkins.plugins.airworthy.jenkins.ui.run;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.jenkins.config.key.JsonLines;
import io.jenkins.plugins.airworthy.policy.rule.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The latest verdicts of all jobs, one line of JSON each in a file. It is only for people: no decision depends on it, so an
 * unreadable line is skipped. Keeps {@value #KEPT} and forgets older ones. Thread-safe.
 */
public final class RecentVerdicts {
    /** How many verdicts are kept. */
    public static final int KEPT = 500;

    /** How many lines the file may have before it is rewritten. */
    static final int MAX_LINES = 2 * KEPT;

    /** How many bytes a line may have. */
    static final int MAX_LINE_BYTES = 64 * 1024;

    private final JsonLines file;
    private final Deque<RecentVerdict> latest = new ArrayDeque<>();
    private boolean read;
    private int lines;

    public RecentVerdicts(Path file) {
        this.file = new JsonLines(file, MAX_LINE_BYTES);
    }

    /** Adds a verdict and writes it to disk at once. */
    public synchronized void add(RecentVerdict verdict) throws UndecidedException {
        load();
        keep(verdict);
        try {
            if (lines >= MAX_LINES) {
                rewrite();
            } else {
                file.append(JsonLines.line(verdict.toJson()));
                lines++;
            }
        } catch (IOException e) {
            throw new UndecidedException(file + ": the verdict could not be added to the list of recent ones", e);
        }
    }

    /** Updates the verdicts of a renamed job. */
    synchronized void move(String from, String to) throws UndecidedException {
        change(verdict ->
                verdict.job().equals(Outcome.bounded(from)) ? Optional.of(verdict.of(to)) : Optional.of(verdict));
    }

    /** Removes the verdicts of a deleted job, or of all jobs in a deleted folder. */
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

    /** The verdicts, the newest first. */
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
        latest.clear(); // entries of an attempt that failed half way
        lines = 0;
        try {
            file.read(0, line -> {
                lines++;
                parse(line).ifPresent(this::keep);
            });
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
        file.replace(
                latest.stream().map(verdict -> JsonLines.line(verdict.toJson())).toList());
        lines = latest.size();
    }
}
