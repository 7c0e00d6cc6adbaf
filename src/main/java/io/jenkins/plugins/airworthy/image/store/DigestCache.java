package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * An LRU cache of manifests and small blobs by digest. Content above a size limit is not cached.
 * Entries cannot be stale or replaced: only verified content is added, the digest
 * is the key, and entries are immutable. Tags, lists of referrers and absence are never cached. Entries
 * belong to a repository and a reader, so that content is not available to other credentials.
 */
public final class DigestCache {
    /** A good size for one process, in bytes of content. */
    public static final long USUAL_BYTES = 16L * 1024 * 1024;

    /** The largest single content that is remembered, in bytes. */
    public static final int MAX_ENTRY_BYTES = 4 * 1024 * 1024;

    /** Overhead of an entry in bytes, so that the number of empty entries is bounded too. */
    private static final int OVERHEAD_BYTES = 512;

    private final long maxBytes;
    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long collecting;

    public DigestCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    Optional<Manifest> manifest(Scope scope, Digest digest) {
        return get(new Key(scope, digest, Manifest.class)).map(Entry::value).map(Manifest.class::cast);
    }

    void put(Scope scope, Manifest manifest) {
        put(new Key(scope, manifest.digest(), Manifest.class), manifest, manifest.memory());
    }

    Optional<byte[]> blob(Scope scope, Digest digest) {
        return get(new Key(scope, digest, byte[].class)).map(Entry::value).map(byte[].class::cast);
    }

    /** The bytes were verified and are not changed any more. */
    void put(Scope scope, Digest digest, byte[] verified) {
        put(new Key(scope, digest, byte[].class), verified, verified.length);
    }

    /**
     * Reserves memory for a blob that is being read; all reservations together have the size of the cache, and a blob without one is
     * read but not cached. The caller {@linkplain #collected releases} the reservation.
     */
    synchronized boolean mayCollect(long size) {
        boolean granted = size <= maxBytes - collecting;
        collecting += granted ? size : 0;
        return granted;
    }

    synchronized void collected(long size) {
        collecting -= size;
    }

    synchronized boolean knows(Scope scope) {
        return entries.keySet().stream().anyMatch(key -> key.scope().equals(scope));
    }

    synchronized long bytes() {
        return bytes;
    }

    private synchronized Optional<Entry> get(Key key) {
        return Optional.ofNullable(entries.get(key));
    }

    private synchronized void put(Key key, Object value, int size) {
        if (size > MAX_ENTRY_BYTES) {
            return;
        }
        Entry before = entries.put(key, new Entry(value, size + OVERHEAD_BYTES));
        bytes += size + OVERHEAD_BYTES - (before == null ? 0 : before.cost());
        var oldest = entries.entrySet().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            bytes -= oldest.next().getValue().cost();
            oldest.remove();
        }
    }

    /**
     * The place of content, and the credentials with which it was read.
     *
     * @param reader names the credentials; empty for none
     */
    record Scope(String repository, String reader) {}

    private record Key(Scope scope, Digest digest, Class<?> kind) {}

    private record Entry(Object value, int cost) {}
}
