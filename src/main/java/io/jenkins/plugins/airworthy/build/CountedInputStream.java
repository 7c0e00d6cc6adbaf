package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.Progress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells a task how much of a stream has been read. */
final class CountedInputStream extends FilterInputStream {
    private final Progress.Task task;

    CountedInputStream(InputStream in, Progress.Task task) {
        super(in);
        this.task = task;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            task.advance(1);
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) {
            task.advance(read);
        }
        return read;
    }
}
