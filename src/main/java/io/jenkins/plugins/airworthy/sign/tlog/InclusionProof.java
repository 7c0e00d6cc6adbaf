package io.jenkins.plugins.airworthy.sign.tlog;

import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.Arrays;
import java.util.List;

/**
 * A proof that an entry is in a log of a certain size and root hash
 * (<a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2">RFC 9162, section 2.1.3.2</a>). Refuses an index outside
 * the tree, and a path whose length does not match index and size.
 */
public record InclusionProof(long index, long size, Digest root, List<Digest> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Whether the path from this leaf ends at the root hash. */
    public boolean proves(byte[] leaf) {
        if (index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        byte[] hash = TreeHash.leaf(leaf);
        for (Digest sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = TreeHash.node(sibling.bytes(), hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = TreeHash.node(hash, sibling.bytes());
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root.bytes());
    }
}
