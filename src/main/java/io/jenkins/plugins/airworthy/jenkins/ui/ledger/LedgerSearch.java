package io.jenkins.plugins.airworthy.jenkins.ui.ledger;

import hudson.Util;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.ControllerLedger;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;
import io.jenkins.plugins.airworthy.ledger.Term;
import org.kohsuke.stapler.StaplerRequest2;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is looked for in the ledger: all that is given must fit. By digest, target or run the index finds entries of any age; without one
 * of them the newest {@value #SEARCHED} entries are looked through.
 *
 * @param digest of an image; empty for any
 * @param target as {@code repository:tag}; empty for any
 * @param run full name of a job, {@code #} and the number; empty for any
 * @param kind of entries; empty for any
 * @param since the earliest time
 */
record LedgerSearch(String digest, String target, String run, String kind, Optional<Instant> since) {
    /** How many entries are found at once. */
    static final int LIMIT = 100;

    /** How many entries are looked at. */
    static final int SEARCHED = 20_000;

    static LedgerSearch of(StaplerRequest2 request) throws InvalidInputException {
        String since = given(request, "since");
        return new LedgerSearch(
                given(request, "digest"),
                given(request, "target"),
                given(request, "run"),
                given(request, "kind"),
                since.isEmpty() ? Optional.empty() : Optional.of(time(since)));
    }

    private static String given(StaplerRequest2 request, String name) {
        return Util.fixNull(request.getParameter(name)).strip();
    }

    private static Instant time(String text) throws InvalidInputException {
        try {
            return text.length() <= "2026-01-31".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(
                    "'since' is not a date such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z", e);
        }
    }

    /** The newest entries that fit, newest first. */
    List<ShownEntry> in(ControllerLedger ledger) throws AirworthyException {
        LedgerReader reader = ledger.open();
        Optional<Term> term = term(ledger);
        if (term.isEmpty() && !run.isEmpty()) {
            return List.of(); // no entry has a run of this name
        }
        List<LedgerReader.Recorded> found = new ArrayList<>();
        int[] seen = new int[1];
        LedgerReader.Visitor visitor = recorded -> {
            if (fits(recorded.entry(), term)) {
                found.add(recorded);
            }
            seen[0]++;
            return found.size() < LIMIT && seen[0] < SEARCHED;
        };
        if (term.isPresent()) {
            reader.newestFirst(term.get(), visitor);
        } else {
            boolean more = true;
            for (long index = reader.size() - 1; more && index >= 0; index--) {
                more = visitor.visit(new LedgerReader.Recorded(index, reader.entry(index)));
            }
        }
        List<ShownEntry> shown = new ArrayList<>();
        for (LedgerReader.Recorded recorded : found) {
            shown.add(ShownEntry.of(recorded, ledger));
        }
        return List.copyOf(shown);
    }

    private Optional<Term> term(ControllerLedger ledger) throws AirworthyException {
        if (!digest.isEmpty()) {
            return Optional.of(Term.digest(Digest.parse(digest)));
        }
        if (!run.isEmpty()) {
            return ledger.names().knownRun(run).map(Term::run);
        }
        return target.isEmpty() ? Optional.empty() : Optional.of(Term.target(target));
    }

    private boolean fits(Entry entry, Optional<Term> term) {
        return (term.isEmpty() || entry.terms().contains(term.get()))
                && (kind.isEmpty() || entry.kind().equals(kind))
                && (target.isEmpty() || entry.target().equals(Optional.of(target)))
                && since.filter(entry.time()::isBefore).isEmpty();
    }
}
