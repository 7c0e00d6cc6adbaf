package jenkins.scm.api;

public class SCMHead {
    public String getName() {
        throw new UnsupportedOperationException();
    }
}
