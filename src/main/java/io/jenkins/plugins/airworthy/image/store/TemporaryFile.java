package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** A file that only this user may read, and that closing removes. On Unix it has no name from the start. */
final class TemporaryFile implements AutoCloseable {
    private static final String TROUBLE = "the temporary folder " + System.getProperty("java.io.tmpdir")
            + " cannot hold what is read from a registry";

    private final FileChannel channel;

    private TemporaryFile(FileChannel channel) {
        this.channel = channel;
    }

    static TemporaryFile create() throws UndecidedException, InterruptedException {
        try {
            return new TemporaryFile(FileChannel.open(
                    Files.createTempFile("airworthy-", ".blob"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            throw IoFailures.undecided(TROUBLE, e);
        }
    }

    void append(byte[] bytes, int count) throws UndecidedException, InterruptedException {
        try {
            ByteBuffer left = ByteBuffer.wrap(bytes, 0, count);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        } catch (IOException e) {
            throw IoFailures.undecided(TROUBLE, e);
        }
    }

    /** All of it; closing the stream closes the file. */
    InputStream content() throws UndecidedException, InterruptedException {
        try {
            channel.position(0);
            return Channels.newInputStream(channel);
        } catch (IOException e) {
            throw IoFailures.undecided(TROUBLE, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // it has no name any more, or the next cleaning of the folder takes it
        }
    }
}
