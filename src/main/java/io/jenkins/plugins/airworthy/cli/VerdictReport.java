package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;

import java.util.List;

/** A verdict for a person and for a script, with the evidence that was found and not believed. */
record VerdictReport(Judged judged) {
    /** How many findings of one item a person is shown; JSON has more. */
    private static final int SHOWN_DETAILS = 10;

    /** How many rejected pieces of evidence a person is shown. */
    private static final int SHOWN_REJECTED = 20;

    ObjectNode toJson() {
        ObjectNode document = judged.verdict().toJson();
        ArrayNode rejected = document.putArray("rejected");
        judged.rejected().forEach(evidence -> rejected.addObject()
                .put("digest", evidence.manifest().toString())
                .put("reason", evidence.reason()));
        return document;
    }

    void writeTo(Page page) {
        Verdict verdict = judged.verdict();
        page.line(
                verdict.passed() ? Ink.GOOD : Ink.BAD,
                "%-9s".formatted(verdict.decision()),
                verdict.image() + " at " + verdict.digest());
        page.line("  policy '" + verdict.policyName() + "' "
                + verdict.policyDigest().abbreviated()
                + (verdict.enforced() ? "" : " (audit: it promotes nothing)")
                + verdict.target().map(target -> ", target " + target).orElse(""));
        verdict.items().forEach(item -> writeTo(page, item));
        if (!verdict.passed()) {
            writeRejected(page);
        }
    }

    private static void writeTo(Page page, Verdict.Item item) {
        String where = item.platform().map(platform -> " on " + platform).orElse("");
        page.line(
                ink(item.status()),
                "  %-8s".formatted(word(item.status())) + " ",
                item.id() + where + ": " + item.reason());
        if (item.status() == Status.FAILED || item.status() == Status.WAIVED) {
            List<String> details = item.details();
            details.subList(0, Math.min(SHOWN_DETAILS, details.size()))
                    .forEach(detail -> page.line("             " + detail));
            if (details.size() > SHOWN_DETAILS) {
                page.line("             and " + (details.size() - SHOWN_DETAILS) + " more: --format json lists them");
            }
        }
    }

    private void writeRejected(Page page) {
        if (judged.rejected().isEmpty()) {
            return;
        }
        page.line("  evidence that was found and not believed:");
        judged.rejected().stream().limit(SHOWN_REJECTED).forEach(evidence -> page.line("    " + evidence.reason()));
        if (judged.rejected().size() > SHOWN_REJECTED) {
            page.line("    and " + (judged.rejected().size() - SHOWN_REJECTED) + " more: --format json lists them");
        }
    }

    private static String word(Status status) {
        return switch (status) {
            case PASSED -> "passed";
            case FAILED -> "FAILED";
            case WAIVED -> "waived";
            case NOT_APPLICABLE -> "left out";
        };
    }

    private static Ink ink(Status status) {
        return switch (status) {
            case PASSED -> Ink.GOOD;
            case FAILED -> Ink.BAD;
            case WAIVED -> Ink.CAUTION;
            case NOT_APPLICABLE -> Ink.FAINT;
        };
    }
}
