package io.jenkins.plugins.airworthy.image.layer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The records of a POSIX extended header. Refuses malformed and repeated records, sparse files, and attributes with which
 * an overlay file system hides files, since only some engines keep those attributes.
 */
public record PaxRecords(Map<String, String> records) {
    static final PaxRecords NONE = new PaxRecords(Map.of());

    public PaxRecords {
        records = Map.copyOf(records);
    }

    public static PaxRecords parse(byte[] bytes) throws BadLayerException {
        Map<String, String> records = new HashMap<>();
        int at = 0;
        while (at < bytes.length) {
            int space = at;
            int length = 0;
            while (space < bytes.length && bytes[space] >= '0' && bytes[space] <= '9' && length <= bytes.length) {
                length = length * 10 + (bytes[space++] - '0');
            }
            int end = at + length;
            if (space == at || space >= bytes.length || bytes[space] != ' ' || end > bytes.length || end < space + 3) {
                throw new BadLayerException("contains a malformed extended header");
            }
            String record = ByteText.of(bytes, space + 1, end);
            int equals = record.indexOf('=');
            if (equals < 1 || !record.endsWith("\n")) {
                throw new BadLayerException("contains a malformed extended header");
            }
            String key = record.substring(0, equals);
            String value = record.substring(equals + 1, record.length() - 1);
            requireUnderstood(key, value);
            if (records.put(key, value) != null) {
                throw new BadLayerException("contains an extended header that says '" + ByteText.show(key) + "' twice");
            }
            at = end;
        }
        return new PaxRecords(records);
    }

    private static void requireUnderstood(String key, String value) throws BadLayerException {
        if (key.startsWith("GNU.sparse.") || key.equals("SCHILY.realsize")) {
            throw new BadLayerException("contains a sparse file, which is not supported");
        }
        if (key.startsWith("SCHILY.xattr.trusted.overlay.") || key.startsWith("SCHILY.xattr.user.overlay.")) {
            throw new BadLayerException("contains an attribute of the overlay file system, '"
                    + ByteText.show(key.substring("SCHILY.xattr.".length())) + "', which hides files in some engines");
        }
        if ((key.equals("path") || key.equals("linkpath")) && value.indexOf('\0') >= 0) {
            throw new BadLayerException("contains a name with a zero byte");
        }
    }

    /** Refuses records that matter in a header for all following entries, since Go's reader ignores it and others do not. */
    void requireOnlyComments() throws BadLayerException {
        for (String key : records.keySet()) {
            if (!key.equals("comment")) {
                throw new BadLayerException("contains a global header that says '" + ByteText.show(key)
                        + "', which container engines ignore and other readers do not");
            }
        }
    }

    /** Returns the value of a record; an empty value means that the plain header applies. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(records.get(key)).filter(value -> !value.isEmpty());
    }

    public OptionalLong number(String key) throws BadLayerException {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!value.get().matches("[0-9]{1,18}")) {
            throw new BadLayerException("contains an extended header whose " + key + " is not a number");
        }
        return OptionalLong.of(Long.parseLong(value.get()));
    }
}
