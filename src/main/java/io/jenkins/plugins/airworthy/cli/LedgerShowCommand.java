package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.gate.history.TargetHistory;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;
import io.jenkins.plugins.airworthy.ledger.PublishedLedger;
import io.jenkins.plugins.airworthy.ledger.Term;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ledger show}: lists entries of a ledger, the newest first. */
final class LedgerShowCommand extends Command {
    private static final int USUAL = 50;
    private static final int MOST = 10_000;

    private final LedgerOptions options = with(new LedgerOptions());

    private final Argument digest = optional("--digest", "DIGEST", "Only entries about this image.");

    private final Argument target = optional("--target", "REPOSITORY:TAG", "Only entries about this name.");

    private final Argument job = optional("--run", "RUN", "Only entries of this run, such as 'team/shop #7'.");

    private final Argument kind = optional("--kind", "KIND", "Only entries of this kind, such as promoted.");

    private final Argument since =
            optional("--since", "TIME", "Only entries of this time, such as 2026-01-31T12:00:00Z, and later.");

    private final Argument limit =
            number("--limit", "N", "How many entries to show at most; default: " + USUAL + ", at most " + MOST + ".");

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy ledger show https://ledger.example.com/ci --key ledger.vkey \\",
                "      --target registry.example.com/prod/shop:1.2 --kind promoted",
                "  airworthy ledger show /var/lib/jenkins/airworthy/ledger --key ledger.vkey --limit 5 --format json");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        List<Term> terms = terms();
        Optional<Instant> from = since.given() ? Optional.of(time(since.text())) : Optional.empty();
        int most = limit.given() ? Integer.parseInt(limit.text()) : USUAL;
        if (most < 1 || most > MOST) {
            throw new InvalidInputException("--limit: expected 1 to " + MOST);
        }
        PublishedLedger ledger = options.open(environment);
        List<LedgerReader.Recorded> found = new ArrayList<>();
        LedgerReader.Visitor visitor = recorded -> {
            if (fits(recorded.entry(), terms, from)) {
                found.add(recorded);
            }
            return found.size() < most;
        };
        if (terms.isEmpty()) {
            boolean more = true;
            for (long place = ledger.size() - 1; more && place >= 0; place--) {
                more = visitor.visit(new LedgerReader.Recorded(place, ledger.entry(place)));
            }
        } else {
            ledger.newestFirst(terms.get(0), visitor);
        }
        ObjectNode document = LedgerOptions.document(ledger);
        ArrayNode list = document.putArray("entries");
        found.forEach(each -> list.addObject()
                .put("index", each.index())
                .set("entry", each.entry().json()));
        return Report.done(document, page -> {
            page.line(TextStyle.STRONG, "ledger ", ledger.origin() + " of " + ledger.size() + " entries");
            if (found.isEmpty()) {
                page.line("no entry fits");
            }
            found.forEach(each -> write(each, page));
        });
    }

    private List<Term> terms() throws AirworthyException {
        List<Term> terms = new ArrayList<>();
        if (digest.given()) {
            terms.add(Term.digest(Digest.parse(digest.text())));
        }
        job.value().map(Term::run).ifPresent(terms::add);
        if (target.given()) {
            terms.add(Term.target(TargetHistory.place(ImageReference.parse(target.text()))));
        }
        return terms;
    }

    private static Instant time(String text) throws InvalidInputException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidInputException("--since: expected a time such as 2026-01-31T12:00:00Z", e);
        }
    }

    private boolean fits(Entry entry, List<Term> terms, Optional<Instant> from) {
        return entry.terms().containsAll(terms)
                && (!kind.given() || entry.kind().equals(kind.text()))
                && (from.isEmpty() || !entry.time().isBefore(from.get()));
    }

    private static void write(LedgerReader.Recorded recorded, TextReport page) {
        Entry entry = recorded.entry();
        page.line(
                TextStyle.STRONG,
                recorded.index() + " " + entry.kind() + " ",
                entry.time() + entry.run().map(run -> " by " + run).orElse(""));
        entry.digest().ifPresent(image -> page.line("  image   " + image));
        entry.target().ifPresent(name -> page.line("  target  " + name));
        entry.payload().ifPresent(statement -> page.line("  payload " + statement));
        if (!entry.more().isEmpty()) {
            page.line("  " + entry.more());
        }
    }
}
