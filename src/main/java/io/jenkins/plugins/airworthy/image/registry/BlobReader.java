package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.http.Interruption;
import io.jenkins.plugins.airworthy.image.http.Response;
import io.jenkins.plugins.airworthy.image.http.TimedOutException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * The stream of one blob, which resumes after a lost connection
 * (<a href="https://www.rfc-editor.org/rfc/rfc9110#section-14">RFC 9110, range requests</a>). The stream around it verifies the digest.
 */
final class BlobReader extends InputStream {
    /** Maximum number of interruptions of one blob. */
    static final int MAX_RESUMES = 10;

    private final RegistryClient client;
    private final Request request;
    private final Descriptor blob;
    private Response answer;
    private long position;
    private int resumes;

    BlobReader(RegistryClient client, Repository repository, Descriptor blob)
            throws AirworthyException, InterruptedException {
        this.client = client;
        this.blob = blob;
        this.request = Request.get(
                "read the blob " + repository.at(blob.digest()),
                client.address(repository.api() + "/blobs/" + blob.digest()),
                repository.pull());
        this.answer = client.send(request);
        requireWhole();
    }

    private void requireWhole() throws UndecidedException {
        if (answer.status() != 200) {
            throw client.failures().unexpected(request, answer);
        }
        if (answer.contentLength().orElse(blob.size()) != blob.size()) {
            answer.close();
            throw client.failures()
                    .wrong(
                            request,
                            "has " + answer.contentLength().getAsLong() + " bytes of it where " + blob.size()
                                    + " were announced");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (true) {
            try {
                int count = answer.body().read(target, offset, length);
                position += Math.max(count, 0);
                return count;
            } catch (IOException e) {
                if (position >= blob.size()) {
                    return -1;
                }
                goOn(e);
            }
        }
    }

    private void goOn(IOException cause) throws IOException {
        if (Thread.currentThread().isInterrupted() || cause instanceof TimedOutException.Dripping) {
            throw cause;
        }
        answer.close();
        if (++resumes > MAX_RESUMES) {
            throw new IOException(
                    "could not " + request.what() + ": it broke off more than " + MAX_RESUMES + " times", cause);
        }
        try {
            RetryPolicy.pause(client.limits(), resumes, Duration.ZERO);
            answer = client.send(request.with("Range", "bytes=" + position + "-"));
            if (answer.status() == 200) {
                requireWhole();
                answer.body().skipNBytes(position);
            } else if (answer.status() != 206 || !startsHere()) {
                throw client.failures().unexpected(request, answer);
            }
        } catch (AirworthyException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            throw Interruption.tell(e);
        }
    }

    private boolean startsHere() {
        return answer.header("Content-Range").orElse("").startsWith("bytes " + position + "-");
    }

    @Override
    public void close() {
        answer.close();
    }
}
