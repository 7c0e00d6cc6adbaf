package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.policy.waiver.ProposedWaiver;
import io.jenkins.plugins.airworthy.policy.waiver.VexJustification;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes proposed waivers as a policy has them. What is missing stays empty, and a policy refuses it.
 *
 * @param until the last day of all of them
 * @param by who accepts them
 */
record WaiverText(Optional<LocalDate> until, Optional<String> by) {
    private static final int MAX_NAME = 200;

    /** @param today the day that it is, in UTC */
    static WaiverText of(Optional<String> until, Optional<String> by, LocalDate today) throws InvalidInputException {
        if (by.isPresent() && (by.get().isBlank() || by.get().length() > MAX_NAME)) {
            throw new InvalidInputException("--by: expected a name of 1 to " + MAX_NAME + " characters");
        }
        try {
            Optional<LocalDate> last = until.map(LocalDate::parse);
            if (last.isPresent() && last.get().isBefore(today)) {
                throw new InvalidInputException("--until " + last.get() + ": is over already; name a day to come");
            }
            return new WaiverText(last, by);
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(
                    "--until '" + until.orElse("") + "': expected a date such as 2026-12-31", e);
        }
    }

    ObjectNode document(ProposedWaiver waiver) {
        ObjectNode document =
                StrictJson.object().put("vulnerability", waiver.vulnerability()).put("package", waiver.packageUrl());
        document.putArray("images").add(waiver.image());
        until.ifPresent(day -> document.put("until", day.toString()));
        waiver.justification().ifPresent(why -> document.put("justification", why.word()));
        document.put("reason", waiver.reason());
        by.ifPresent(name -> document.put("by", name));
        waiver.notes().forEach(document.putArray("notes")::add);
        return document;
    }

    /** As they stand below {@code spec:} and {@code waivers:}. */
    List<String> lines(ProposedWaiver waiver) {
        List<String> lines = new ArrayList<>();
        waiver.notes().forEach(note -> lines.add("    # " + note));
        lines.add("    - vulnerability: " + quoted(waiver.vulnerability()));
        lines.add("      package: " + quoted(waiver.packageUrl()));
        lines.add("      images: [" + quoted(waiver.image()) + "]");
        lines.add("      until: " + until.map(LocalDate::toString).orElse("# the last day on which it applies"));
        waiver.justification().map(VexJustification::word).ifPresent(word -> lines.add("      justification: " + word));
        lines.add("      reason: " + quoted(waiver.reason()));
        lines.add("      by: " + by.map(WaiverText::quoted).orElse("# who accepts it"));
        return lines;
    }

    /** A text in quotes; JSON's are YAML's too. */
    private static String quoted(String text) {
        byte[] json = StrictJson.write(TextNode.valueOf(AirworthyException.oneLine(text)));
        return new String(json, StandardCharsets.UTF_8);
    }
}
