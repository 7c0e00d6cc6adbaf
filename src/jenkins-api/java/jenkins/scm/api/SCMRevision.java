package jenkins.scm.api;

public abstract class SCMRevision {
    public final SCMHead getHead() {
        throw new UnsupportedOperationException();
    }
}
