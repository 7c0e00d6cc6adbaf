package jenkins.scm.api;

import hudson.model.Item;
import hudson.model.Run;
import hudson.scm.SCM;

import java.io.Closeable;
import java.io.IOException;

public abstract class SCMFileSystem implements Closeable {
    public static SCMFileSystem of(Item owner, SCM scm, SCMRevision rev, Run<?, ?> build)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public final SCMFile child(String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}
