package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.PublishedLedger;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ledger export}: writes all entries of a ledger into a file, for other programs. */
final class LedgerExportCommand extends Command {
    private static final String HEAD = "index,time,kind,digest,target,run,payload,more\r\n";

    private final LedgerOptions options = with(new LedgerOptions());

    private final Argument output =
            required("--output", "FILE", "The new file.").alias("-o");

    private final Argument as = choice(
            "--as",
            "jsonl|csv",
            "jsonl (the default): each entry on a line, byte for byte as it is hashed, the first line entry 0. csv: a table"
                    + " with a line of names (RFC 4180).");

    LedgerExportCommand() {
        super(false);
    }

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy ledger export /var/lib/jenkins/airworthy/ledger --key ledger.vkey \\",
                "      --as csv --output ledger.csv");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        PublishedLedger ledger = options.open(environment);
        Path file = InputFile.of("--output", output.text()).path();
        boolean table = as.given() && as.text().equals("csv");
        try (OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            if (table) {
                out.write(HEAD.getBytes(StandardCharsets.UTF_8));
            }
            for (long place = 0; place < ledger.size(); place++) {
                if (table) {
                    out.write(row(place, ledger.entry(place)).getBytes(StandardCharsets.UTF_8));
                } else {
                    out.write(ledger.line(place));
                    out.write('\n');
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException("--output: " + file + " exists already and is not overwritten", e);
        } catch (IOException e) {
            throw new UndecidedException("--output: " + file + " could not be written", e);
        }
        return Report.done(
                LedgerOptions.document(ledger).put("output", file.toString()),
                page -> page.line(
                        TextStyle.GOOD, "written ", file + ": " + Count.of(ledger.size(), "entry", "entries")));
    }

    private static String row(long place, Entry entry) {
        return Stream.of(
                                Long.toString(place),
                                entry.time().toString(),
                                entry.kind(),
                                entry.digest().map(Object::toString).orElse(""),
                                entry.target().orElse(""),
                                entry.run().orElse(""),
                                entry.payload().map(Object::toString).orElse(""),
                                new String(StrictJson.write(entry.more()), StandardCharsets.UTF_8))
                        .map(LedgerExportCommand::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    /** A cell that a spreadsheet would compute begins with a quote: names of jobs are anybody's. */
    private static String cell(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }
}
