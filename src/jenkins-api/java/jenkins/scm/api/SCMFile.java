package jenkins.scm.api;

import java.io.IOException;

public abstract class SCMFile {
    public byte[] contentAsBytes() throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
