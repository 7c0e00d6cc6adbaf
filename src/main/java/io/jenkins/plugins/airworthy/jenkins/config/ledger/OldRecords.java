package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.Ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes the files in which earlier versions kept signatures and verdicts into a new ledger, once, before anything else is in it. An
 * interrupted import goes on where it stopped. After it, such a file is never read again: whoever puts one there is not believed.
 */
public final class OldRecords {
    /** The member of an entry that was made from a line: the name of the file. */
    static final String IMPORTED = "imported";

    /** The member with the time that the line had; the entry's own is that of the import. */
    public static final String AT = "at";

    /** The kind of a verdict's entry. */
    public static final String VERDICT = "verdict";

    private static final Logger LOG = Logger.getLogger(OldRecords.class.getName());
    private static final String BEGUN = "opened";
    private static final String DONE = "upgraded";
    private static final String LINE = "line";
    static final String SIGNATURES = "signatures.jsonl";
    static final String VERDICTS = "verdicts.jsonl";
    private static final List<String> FILES = List.of(SIGNATURES, VERDICTS);
    private static final int SCHEMA_VERSION = 1;
    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final int TOGETHER = 256;

    private final Path folder;
    private final Ledger ledger;
    private final Naming names;
    private final InstantSource clock;
    private final List<Entry> waiting = new ArrayList<>();

    /** Gives ids to the names in a line. */
    interface Naming {
        String idOfRun(String run) throws AirworthyException;

        String idOfKey(String name) throws AirworthyException;

        Digest keep(String by, String reason) throws AirworthyException;
    }

    OldRecords(Path folder, Ledger ledger, Naming names, InstantSource clock) {
        this.folder = folder;
        this.ledger = ledger;
        this.names = names;
        this.clock = clock;
    }

    /** Does what is still to be done. */
    void take() throws AirworthyException {
        Optional<Entry> last = lastOfImport();
        if (ledger.size() == 0) {
            last = Optional.of(Entry.of(BEGUN, clock.instant()));
            ledger.append(last.get());
        }
        if (last.isPresent()) {
            ObjectNode counts = StrictJson.object();
            for (String file : FILES) {
                counts.set(file, take(file, last.get()));
            }
            ledger.append(Entry.of(DONE, clock.instant()).with("lines", counts));
        }
        for (String file : FILES) {
            putAside(file, last.isPresent());
        }
    }

    /** The entry at which an unfinished import stands; empty if it is finished. */
    private Optional<Entry> lastOfImport() throws AirworthyException {
        for (long index = ledger.size() - 1; index >= 0; index--) {
            Entry entry = ledger.entry(index);
            if (!entry.kind().equals("cut")) {
                return Optional.of(entry)
                        .filter(last -> last.kind().equals(BEGUN) || last.more().has(IMPORTED));
            }
        }
        return Optional.empty();
    }

    private ObjectNode take(String file, Entry last) throws AirworthyException {
        long done = doneOf(file, last);
        long[] lines = new long[2];
        try {
            new JsonLines(folder.resolve(file), MAX_LINE_BYTES).read(0, line -> {
                lines[0]++;
                Optional<Entry> entry = parse(file, line, names, clock.instant());
                lines[1] += entry.isPresent() ? 0 : 1;
                if (entry.isPresent() && lines[0] > done) {
                    add(entry.get().with(IMPORTED, file).with(LINE, lines[0]));
                }
            });
        } catch (IOException e) {
            throw new UndecidedException(
                    folder.resolve(file)
                            + ": the record of an earlier version could not be read into the ledger, so nothing"
                            + " is decided or signed: " + e.getMessage(),
                    e);
        }
        write();
        if (lines[1] > 0) {
            LOG.warning(folder.resolve(file) + ": " + lines[1] + " of " + lines[0]
                    + " lines are damaged and were not taken into the ledger");
        }
        return StrictJson.object().put("read", lines[0]).put("damaged", lines[1]);
    }

    private static long doneOf(String file, Entry last) throws InvalidInputException {
        if (!last.more().has(IMPORTED)) {
            return 0;
        }
        JsonObject members = last.members();
        int there = FILES.indexOf(members.string(IMPORTED));
        int here = FILES.indexOf(file);
        return here < there ? Long.MAX_VALUE : here > there ? 0 : members.count(LINE);
    }

    private void add(Entry entry) throws AirworthyException {
        waiting.add(entry);
        if (waiting.size() == TOGETHER) {
            write();
        }
    }

    private void write() throws AirworthyException {
        if (!waiting.isEmpty()) {
            ledger.appendAll(List.copyOf(waiting));
            waiting.clear();
        }
    }

    /** Empty for a line that was damaged: it proves nothing. */
    static Optional<Entry> parse(String file, byte[] line, Naming names, Instant now) throws AirworthyException {
        JsonObject json;
        Entry entry;
        try {
            json = StrictJson.parseObject(line, "a line of " + file, MAX_LINE_BYTES);
            if (json.count("schemaVersion") != SCHEMA_VERSION) {
                return Optional.empty();
            }
            entry = file.equals(VERDICTS) ? verdict(json, now) : signature(json, now);
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
        return Optional.of(named(entry, json, names));
    }

    private static Entry imported(String kind, JsonObject json, String time, Instant now) throws InvalidInputException {
        return Entry.of(kind, now).with(AT, json.instant(time).toString());
    }

    private static Entry signature(JsonObject json, Instant now) throws InvalidInputException {
        boolean pruned = json.has("pruned");
        Entry entry = imported(pruned ? SignatureLog.PRUNED : SignatureLog.SIGNATURE, json, "time", now)
                .about(Digest.member(json, "digest"))
                .signing(Digest.member(json, "payload"));
        if (pruned) {
            json.string("by");
            json.string("reason");
            return entry;
        }
        json.string("run");
        json.string("key");
        entry = entry.with("predicateType", json.string("predicateType"))
                .with("fingerprint", json.string("fingerprint"));
        return SignatureMembers.with(SignatureMembers.write(SignatureMembers.read(json)), entry);
    }

    private static Entry verdict(JsonObject json, Instant now) throws InvalidInputException {
        json.string("job");
        Entry entry = imported(VERDICT, json, "at", now)
                .with("source", json.string("image"))
                .with("policyName", json.string("policy"))
                .with("decision", json.optionalBoolean("passed").orElse(false) ? "PASSED" : "FAILED")
                .with(
                        "promoted",
                        BooleanNode.valueOf(json.optionalBoolean("promoted").orElse(false)))
                .with("number", json.count("index"));
        String target = json.string("target");
        return target.isEmpty() ? entry : entry.at(target);
    }

    /** With ids for the names; what fails here is not the line's fault. */
    private static Entry named(Entry entry, JsonObject json, Naming names) throws AirworthyException {
        return switch (entry.kind()) {
            case SignatureLog.PRUNED ->
                entry.with(
                        "reason",
                        names.keep(json.string("by"), json.string("reason")).toString());
            case SignatureLog.SIGNATURE ->
                entry.by(names.idOfRun(json.string("run"))).with("key", names.idOfKey(json.string("key")));
            default -> entry.by(names.idOfRun(json.string("job") + "#" + json.count("number")));
        };
    }

    private void putAside(String file, boolean taken) {
        Path old = folder.resolve(file);
        try {
            if (taken && Files.exists(old)) {
                Files.move(old, old.resolveSibling(file + ".imported"));
            } else if (Files.exists(old)) {
                LOG.warning(
                        old + " is not read: the ledger took the records of earlier versions once; remove the file");
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, old + " is in the ledger now but could not be renamed; it is not read again", e);
        }
    }
}
