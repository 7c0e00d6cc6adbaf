package io.jenkins.plugins.airworthy.sign.tlog;

import io.jenkins.plugins.airworthy.image.name.Digest;

import java.security.MessageDigest;
import java.util.List;

/**
 * The hashes of a Merkle tree (<a href="https://www.rfc-editor.org/rfc/rfc6962#section-2.1">RFC 6962, section 2.1</a>), SHA-256. A leaf
 * and a node are hashed with different first bytes, so that neither can be given for the other.
 */
public final class TreeHash {
    /** The length of a hash, in bytes. */
    public static final int BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private TreeHash() {}

    public static byte[] leaf(byte[] entry) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(LEAF);
        return sha256.digest(entry);
    }

    public static byte[] node(byte[] left, byte[] right) {
        return node(Digest.sha256(), left, right);
    }

    private static byte[] node(MessageDigest sha256, byte[] left, byte[] right) {
        sha256.update(NODE);
        sha256.update(left);
        return sha256.digest(right);
    }

    /**
     * The root above these hashes. All but the last are of subtrees of one size, which is a power of two; the last may be of a smaller
     * one. Without any it is the hash of the empty tree.
     */
    public static byte[] root(List<byte[]> hashes) {
        MessageDigest sha256 = Digest.sha256();
        return hashes.isEmpty() ? sha256.digest() : root(sha256, hashes);
    }

    private static byte[] root(MessageDigest sha256, List<byte[]> hashes) {
        int count = hashes.size();
        if (count == 1) {
            return hashes.get(0);
        }
        int left = Integer.highestOneBit(count - 1);
        return node(sha256, root(sha256, hashes.subList(0, left)), root(sha256, hashes.subList(left, count)));
    }
}
