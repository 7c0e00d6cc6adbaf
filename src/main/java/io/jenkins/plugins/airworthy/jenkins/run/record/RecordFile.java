package io.jenkins.plugins.airworthy.jenkins.run.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The file that lists what a run's record holds. Its message authentication code includes the run's number and time, so that a
 * record that was edited, or copied from another run, is refused.
 *
 * @param number of the run
 * @param queued when the run was asked for; unlike the job's name it never changes
 */
record RecordFile(RecordFolder folder, RecordMac seal, int number, Instant queued) {
    /** The version of the file's form. */
    static final int SCHEMA_VERSION = 1;

    /** The largest record that is kept, in bytes. */
    static final int MAX_BYTES = 32 * 1024 * 1024;

    static final String NAME = "record.json";

    private static final String TITLE = NAME + " of this run";

    /** The content on the disk; empty if there is no file. */
    RunContents read() throws AirworthyException {
        Optional<byte[]> bytes = folder.read(NAME, MAX_BYTES);
        if (bytes.isEmpty()) {
            return RunContents.EMPTY;
        }
        JsonObject file = StrictJson.parseObject(bytes.get(), TITLE, MAX_BYTES);
        file.allowOnly(Set.of("schemaVersion", "seal", "record"));
        if (file.count("schemaVersion") != SCHEMA_VERSION) {
            throw file.error("schemaVersion", "only version " + SCHEMA_VERSION + " is understood");
        }
        JsonObject record = file.object("record");
        if (!seal.isOf(StrictJson.write(record.node()), seal(file))) {
            throw refused("was not written by this controller, or was changed since");
        }
        if (record.count("number") != number || !record.instant("queued").equals(queued)) {
            throw refused("belongs to another run");
        }
        return RecordJson.read(record);
    }

    void write(RunContents contents) throws AirworthyException {
        ObjectNode record = StrictJson.object();
        record.put("number", number);
        record.put("queued", queued.toString());
        record.setAll(RecordJson.of(contents));
        ObjectNode file = StrictJson.object();
        file.put("schemaVersion", SCHEMA_VERSION);
        file.put("seal", HexFormat.of().formatHex(seal.of(StrictJson.write(record))));
        file.set("record", record);
        byte[] bytes = StrictJson.write(file);
        if (bytes.length > MAX_BYTES) {
            throw new UndecidedException(TITLE + ": would be larger than the allowed " + MAX_BYTES
                    + " bytes; use several runs instead of one");
        }
        folder.write(NAME, bytes);
    }

    private byte[] seal(JsonObject file) throws InvalidInputException {
        try {
            return HexFormat.of().parseHex(file.string("seal"));
        } catch (IllegalArgumentException e) {
            throw file.error("seal", "is not a seal");
        }
    }

    private InvalidInputException refused(String why) {
        return new InvalidInputException(TITLE + " " + why
                + ": nothing of this run is believed any more; find out who changed it, and run the job again");
    }
}
