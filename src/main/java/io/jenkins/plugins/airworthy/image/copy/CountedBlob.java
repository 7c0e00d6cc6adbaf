package io.jenkins.plugins.airworthy.image.copy;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A blob's bytes, reported to a progress while they are read; a byte that is read again is not reported again. */
public final class CountedBlob implements ImageStore.BlobSource {
    private final ImageStore.BlobSource source;
    private final Progress.Task progress;
    private long reported;

    public CountedBlob(ImageStore.BlobSource source, Progress.Task progress) {
        this.source = source;
        this.progress = progress;
    }

    @Override
    public InputStream open() throws AirworthyException, IOException, InterruptedException {
        return new FilterInputStream(source.open()) {
            private long position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                position += Math.max(0, read);
                tell(position);
                return read;
            }

            @Override
            public long skip(long bytes) throws IOException {
                long skipped = super.skip(bytes);
                position += skipped;
                tell(position);
                return skipped;
            }
        };
    }

    private synchronized void tell(long position) {
        if (position > reported) {
            progress.advance(position - reported);
            reported = position;
        }
    }
}
