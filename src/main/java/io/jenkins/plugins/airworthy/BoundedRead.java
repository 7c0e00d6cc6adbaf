package io.jenkins.plugins.airworthy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads what somebody else wrote, up to a bound. */
public final class BoundedRead {
    private BoundedRead() {}

    /**
     * All bytes that are left; absent when they are more than allowed, which the caller refuses by the name of what it reads.
     *
     * @param maxBytes no more than one byte beyond is read
     */
    public static Optional<byte[]> whole(InputStream in, int maxBytes) throws IOException {
        byte[] bytes = in.readNBytes(maxBytes);
        return in.read() < 0 ? Optional.of(bytes) : Optional.empty();
    }
}
