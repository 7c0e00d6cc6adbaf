package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of jobs and keys, each with a random id that stands for it in the ledger. A job that is renamed keeps its id; the name of
 * one that is deleted is erased, and another job of that name gets another id. Nothing is decided by a name. Thread-safe.
 */
public final class LedgerNames {
    private static final int ID_BYTES = 16;
    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final int MAX_NAME = 16 * 1024;
    private static final Pattern RUN = Pattern.compile("(.*)(#[0-9]{1,10})", Pattern.DOTALL);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JsonLines file;
    private final Map<String, Named> byId = new LinkedHashMap<>();
    private final Map<Named, String> ids = new HashMap<>();
    private boolean read;

    /** A kind of named things; two kinds share no id. */
    private enum Kind {
        JOB,
        KEY
    }

    private record Named(Kind kind, String name) {}

    LedgerNames(Path file) {
        this.file = new JsonLines(file, MAX_LINE_BYTES);
    }

    /** The id of a run, for an entry: its job's id and its number. */
    public String idOfRun(String run) throws UndecidedException, InvalidInputException {
        Matcher parts = RUN.matcher(run);
        return parts.matches() ? idOf(Kind.JOB, parts.group(1)) + parts.group(2) : idOf(Kind.JOB, run);
    }

    /** The id of a run if an entry may have it; empty if no entry has its job. */
    public Optional<String> knownRun(String run) throws UndecidedException {
        Matcher parts = RUN.matcher(run);
        return parts.matches()
                ? known(new Named(Kind.JOB, parts.group(1))).map(id -> id + parts.group(2))
                : known(new Named(Kind.JOB, run));
    }

    /** The run that an id stands for, under the present name of its job; empty if the name was erased. */
    public Optional<String> run(String id) throws UndecidedException {
        Matcher parts = RUN.matcher(id);
        return parts.matches() ? name(Kind.JOB, parts.group(1)).map(job -> job + parts.group(2)) : name(Kind.JOB, id);
    }

    String idOfKey(String name) throws UndecidedException, InvalidInputException {
        return idOf(Kind.KEY, name);
    }

    Optional<String> key(String id) throws UndecidedException {
        return name(Kind.KEY, id);
    }

    private synchronized Optional<String> name(Kind kind, String id) throws UndecidedException {
        load();
        return Optional.ofNullable(byId.get(id))
                .filter(named -> named.kind == kind)
                .map(Named::name);
    }

    private synchronized Optional<String> known(Named named) throws UndecidedException {
        load();
        return Optional.ofNullable(ids.get(named));
    }

    private synchronized String idOf(Kind kind, String name) throws UndecidedException, InvalidInputException {
        load();
        Named named = new Named(kind, name);
        String known = ids.get(named);
        if (known != null) {
            return known;
        }
        if (name.length() > MAX_NAME) {
            throw new InvalidInputException("a name has more than " + MAX_NAME + " characters");
        }
        byte[] random = new byte[ID_BYTES];
        RANDOM.nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        try {
            file.append(line(id, named));
        } catch (IOException e) {
            throw failed(e);
        }
        keep(id, named);
        return id;
    }

    /** Gives a job its new name. */
    public synchronized void move(String from, String to) throws UndecidedException {
        load();
        String id = ids.get(new Named(Kind.JOB, from));
        if (id != null) {
            Map<String, Named> before = new LinkedHashMap<>(byId);
            byId.put(id, new Named(Kind.JOB, to));
            rewrite(before);
        }
    }

    /** Erases the name of a deleted job, or of all jobs in a deleted folder. */
    public synchronized void erase(String name) throws UndecidedException {
        load();
        Map<String, Named> before = new LinkedHashMap<>(byId);
        byId.values()
                .removeIf(named ->
                        named.kind == Kind.JOB && (named.name.equals(name) || named.name.startsWith(name + "/")));
        if (byId.size() != before.size()) {
            rewrite(before);
        }
    }

    private void rewrite(Map<String, Named> before) throws UndecidedException {
        try {
            file.replace(byId.entrySet().stream()
                    .map(entry -> line(entry.getKey(), entry.getValue()))
                    .toList());
        } catch (IOException e) {
            byId.clear();
            byId.putAll(before);
            throw failed(e);
        }
        ids.clear();
        byId.forEach((id, named) -> ids.put(named, id));
    }

    private static byte[] line(String id, Named named) {
        ObjectNode json = StrictJson.object();
        json.put("id", id);
        json.put("kind", named.kind.name());
        json.put("name", named.name);
        return JsonLines.line(json);
    }

    private void keep(String id, Named named) {
        byId.put(id, named);
        ids.put(named, id);
    }

    private void load() throws UndecidedException {
        if (read) {
            return;
        }
        byId.clear();
        ids.clear();
        try {
            file.read(0, line -> parse(line));
        } catch (IOException e) {
            throw failed(e);
        }
        read = true;
    }

    /** A line that was damaged loses a name, and nothing else. */
    private void parse(byte[] line) {
        try {
            JsonObject json = StrictJson.parseObject(line, file.toString(), MAX_LINE_BYTES);
            for (Kind kind : List.of(Kind.values())) {
                if (kind.name().equals(json.string("kind"))) {
                    keep(json.string("id"), new Named(kind, json.string("name")));
                }
            }
        } catch (InvalidInputException e) {
            return;
        }
    }

    private UndecidedException failed(IOException e) {
        return new UndecidedException(
                file + ": the names beside the ledger could not be read or written; check that the disk has room", e);
    }
}
