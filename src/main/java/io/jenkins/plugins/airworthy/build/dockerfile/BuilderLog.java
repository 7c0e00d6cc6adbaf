package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Passes a builder's lines on, up to a number of them, with the values of build arguments covered. Keeps the last ones. */
final class BuilderLog implements Consumer<String> {
    /** How many lines are passed on. */
    static final int MAX_LINES = 5_000;

    /** Shorter values would cover parts of other words. */
    static final int SHORTEST_COVERED = 4;

    private static final int KEPT = 5;
    private static final Pattern COLOURS = Pattern.compile("\\u001b\\[[0-9;?]*[A-Za-z]");

    private final Progress progress;
    private final List<String> covered;
    private final Deque<String> last = new ArrayDeque<>();
    private int passed;

    BuilderLog(Progress progress, Collection<String> secrets) {
        this.progress = progress;
        this.covered = secrets.stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_COVERED)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    @Override
    public synchronized void accept(String line) {
        String shown = COLOURS.matcher(line).replaceAll("");
        for (String secret : covered) {
            shown = shown.replace(secret, "****");
        }
        shown = AirworthyException.oneLine(shown).strip();
        if (shown.isEmpty()) {
            return;
        }
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(shown);
        passed++;
        if (passed <= MAX_LINES) {
            progress.say("  " + shown);
        } else if (passed == MAX_LINES + 1) {
            progress.say("  further lines of the builder are not shown");
        }
    }

    /** What a program said last, for the message that it failed. */
    synchronized String end() {
        return last.isEmpty() ? "it said nothing" : String.join(" / ", last);
    }
}
