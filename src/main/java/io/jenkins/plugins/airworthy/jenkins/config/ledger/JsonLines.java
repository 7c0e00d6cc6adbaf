package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A file of the controller with one line of JSON per entry. A line that a crash cut short does not count: its writer got no
 * confirmation, and it is removed before the next line is added. Records only append lines; a list that forgets old entries
 * replaces all lines at once. Thread-safe.
 */
public final class JsonLines {
    // All instances are about the controller's few files, and there is one controller.
    private static final Object WRITING = new Object();

    private final Path file;
    private final int maxBytes;

    /** @param maxBytes how many bytes a line may have, its end included */
    public JsonLines(Path file, int maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /** Receives one line, without its end; empty if it is longer than a line may be. */
    @FunctionalInterface
    public interface Reader<E extends Exception> {
        void line(byte[] json) throws E;
    }

    /** A line with its end. */
    public static byte[] line(ObjectNode json) {
        byte[] bytes = StrictJson.write(json);
        byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
        line[bytes.length] = '\n';
        return line;
    }

    /**
     * Appends a line, including its end, and returns once it is on the disk. If the disk fails, no part of the line counts. If the
     * thread is interrupted, the whole line may count although the caller gets an exception: the record then has too much, never
     * too little.
     */
    public void append(byte[] line) throws IOException {
        synchronized (WRITING) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                long end = endOfLines(channel);
                channel.truncate(end).position(end);
                try {
                    write(channel, line);
                    channel.force(true);
                } catch (IOException e) {
                    channel.truncate(end);
                    throw e;
                }
            }
        }
    }

    /**
     * Reads all complete lines from an offset on, none if there is no file. If the offset is inside a line, the rest of that line
     * comes first.
     */
    public <E extends Exception> void read(long from, Reader<E> reader) throws IOException, E {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(from)))) {
            Optional<byte[]> line = next(in, maxBytes);
            while (line.isPresent()) {
                reader.line(line.get());
                line = next(in, maxBytes);
            }
        } catch (NoSuchFileException e) {
            return; // nothing was ever written
        }
    }

    /** Replaces all lines with these, which include their ends: a crash leaves the old lines or the new ones. */
    public void replace(List<byte[]> all) throws IOException {
        synchronized (WRITING) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            try (FileChannel channel =
                    FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (byte[] line : all) {
                    write(channel, line);
                }
                channel.force(true);
            }
            try {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** The next line without its end, empty if it is too long; absent at the end of the file, as is a line without an end. */
    public static Optional<byte[]> next(InputStream in, int maxBytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return Optional.of(tooLong ? new byte[0] : line.toByteArray());
            }
            tooLong |= line.size() >= maxBytes;
            if (!tooLong) {
                line.write(octet);
            }
        }
        return Optional.empty();
    }

    private static long endOfLines(FileChannel channel) throws IOException {
        ByteBuffer octet = ByteBuffer.allocate(1);
        long end = channel.size();
        while (end > 0 && channel.read(octet.clear(), end - 1) == 1 && octet.get(0) != '\n') {
            end--;
        }
        return end;
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }
}
