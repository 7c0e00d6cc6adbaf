package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Makes sure that a ledger has one writer: two would sign two histories. A second one is refused at once. Readers need no lock. */
final class WriterLock implements AutoCloseable {
    private static final int MAX_SHOWN = 200;
    private static final long PLACE = Long.MAX_VALUE - 1; // beyond the text, which others may read while it is locked

    private final FileChannel channel;

    private WriterLock(FileChannel channel) {
        this.channel = channel;
    }

    static WriterLock take(Path file, Instant now) throws AirworthyException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            FileLock lock = channel.tryLock(PLACE, 1, false);
            if (lock != null) {
                String holder = "process " + ProcessHandle.current().pid() + " of " + System.getProperty("user.name")
                        + ", since " + now + "\n";
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
                return new WriterLock(channel);
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            close(channel);
        } catch (IOException e) {
            close(channel);
            throw new UndecidedException(file + ": the ledger could not be locked: " + e.getMessage(), e);
        }
        throw new UndecidedException(
                file.toAbsolutePath().getParent() + ": another writer has this ledger (" + holder(file)
                        + "); a ledger has one writer: try again when it has ended; reading works with NAME.vkey");
    }

    private static void close(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                return; // the failure before it is told
            }
        }
    }

    private static String holder(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.substring(0, Math.min(MAX_SHOWN, text.length()));
        } catch (IOException e) {
            return "it does not say which";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
