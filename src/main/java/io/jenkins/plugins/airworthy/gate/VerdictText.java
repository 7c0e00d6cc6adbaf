package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a verdict for a person, line by line, with the rejected evidence. Untrusted text cannot break out of its line; long lists
 * are cut, with a hint where to find the rest.
 */
public final class VerdictText {
    /** Maximum number of findings shown for one item. */
    private static final int SHOWN_DETAILS = 10;

    /** Length of a reason, in characters, up to which a reader finds every finding in it; they are listed below a longer one. */
    private static final int SHORT_REASON = 240;

    /** Maximum number of evidence digests shown for one item. */
    private static final int SHOWN_EVIDENCE = 3;

    /** The items whose findings are listed. */
    private static final Set<Status> LISTED = EnumSet.of(Status.FAILED, Status.WARNED, Status.WAIVED);

    private final List<Line> lines = new ArrayList<>();
    private final String rest;

    private VerdictText(String rest) {
        this.rest = rest;
    }

    /** The meaning of a line, from which its colour follows. */
    public enum Tone {
        PLAIN,
        GOOD,
        BAD,
        CAUTION,
        FAINT
    }

    /**
     * One line.
     *
     * @param word the beginning of the line that the tone applies to, with the spaces after it
     */
    public record Line(Tone tone, String word, String text) {
        public Line {
            word = AirworthyException.oneLine(word);
            text = AirworthyException.oneLine(text);
        }

        @Override
        public String toString() {
            return word + text;
        }
    }

    /**
     * Returns the lines of a verdict.
     *
     * @param rest where to find what was cut, written after "and 7 more: "
     */
    public static List<Line> of(Judged judged, String rest) {
        VerdictText text = new VerdictText(rest);
        text.write(judged);
        return List.copyOf(text.lines);
    }

    private void write(Judged judged) {
        Verdict verdict = judged.verdict();
        line(
                verdict.passed() ? Tone.GOOD : Tone.BAD,
                "%-9s".formatted(verdict.decision()),
                verdict.image() + (verdict.image().digest().isPresent() ? "" : " at " + verdict.digest()));
        line("  policy '" + verdict.policyName() + "' "
                + verdict.policyDigest().abbreviated()
                + (verdict.enforced() ? "" : " (audit: it promotes nothing)")
                + verdict.target().map(target -> ", target " + target).orElse(""));
        verdict.items().forEach(this::write);
        if (!verdict.passed()) {
            writeRejected(judged);
        }
    }

    private void write(Verdict.Item item) {
        String where = item.platform().map(platform -> " on " + platform).orElse("");
        line(
                tone(item.status()),
                "  %-8s".formatted(word(item.status())) + " ",
                item.id() + where + ": " + item.reason() + evidence(item));
        boolean told = item.reason().length() <= SHORT_REASON
                && item.details().stream().allMatch(item.reason()::contains);
        if (!told && LISTED.contains(item.status())) {
            item.details().stream().limit(SHOWN_DETAILS).forEach(detail -> line("             " + detail));
            more("             ", item.details().size() - SHOWN_DETAILS);
        }
    }

    private static String evidence(Verdict.Item item) {
        if (item.evidence().isEmpty()) {
            return "";
        }
        int hidden = item.evidence().size() - SHOWN_EVIDENCE;
        return item.evidence().stream()
                .limit(SHOWN_EVIDENCE)
                .map(Digest::abbreviated)
                .collect(Collectors.joining(", ", " [", hidden > 0 ? " and " + hidden + " more]" : "]"));
    }

    private void writeRejected(Judged judged) {
        if (judged.rejected().isEmpty()) {
            return;
        }
        line("  evidence that was found and not believed:");
        judged.rejected().forEach(evidence -> line("    " + evidence.reason()));
        int hidden = judged.rejections() - judged.rejected().size();
        if (hidden > 0) {
            line("    and " + hidden + " more: 'airworthy evidence' lists all that is attached");
        }
    }

    private void more(String indent, int hidden) {
        if (hidden > 0) {
            line(indent + "and " + hidden + " more: " + rest);
        }
    }

    private void line(String text) {
        line(Tone.PLAIN, "", text);
    }

    private void line(Tone tone, String word, String text) {
        lines.add(new Line(tone, word, text));
    }

    private static String word(Status status) {
        return switch (status) {
            case PASSED -> "passed";
            case FAILED -> "FAILED";
            case WAIVED -> "waived";
            case WARNED -> "warned";
            case NOT_APPLICABLE -> "left out";
        };
    }

    private static Tone tone(Status status) {
        return switch (status) {
            case PASSED -> Tone.GOOD;
            case FAILED -> Tone.BAD;
            case WAIVED, WARNED -> Tone.CAUTION;
            case NOT_APPLICABLE -> Tone.FAINT;
        };
    }
}
