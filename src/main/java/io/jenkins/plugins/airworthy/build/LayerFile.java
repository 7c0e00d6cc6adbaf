package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.zip.GZIPOutputStream;

/**
 * A stream that compresses a layer's archive into a file, and computes the digests of both. It fails with an
 * {@link InterruptedIOException} if the thread is interrupted, and distinguishes failures to write from failures to read.
 */
final class LayerFile extends OutputStream {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final MessageDigest plain = Digest.sha256();
    private final Compressed compressed;
    private final OutputStream gzip;
    private final Progress.Task task;

    LayerFile(Path file, Progress.Task task) throws IOException {
        this.compressed = new Compressed(file);
        this.gzip = new GZIPOutputStream(new BufferedOutputStream(compressed, BUFFER_BYTES), BUFFER_BYTES);
        this.task = task;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException();
        }
        plain.update(bytes, offset, length);
        gzip.write(bytes, offset, length);
        task.advance(length);
    }

    @Override
    public void close() throws IOException {
        gzip.close();
    }

    /** Returns whether writing the file failed, rather than reading its content. */
    boolean failed() {
        return compressed.failed;
    }

    /** Once, after closing. */
    Descriptor descriptor() {
        return new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.of(compressed.sha256), compressed.count);
    }

    /** Once, after closing. */
    Digest diffId() {
        return Digest.of(plain);
    }

    private static final class Compressed extends OutputStream {
        private final OutputStream file;
        private final MessageDigest sha256 = Digest.sha256();
        private long count;
        private boolean failed;

        Compressed(Path file) throws IOException {
            this.file = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                file.write(bytes, offset, length);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
            sha256.update(bytes, offset, length);
            count += length;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
