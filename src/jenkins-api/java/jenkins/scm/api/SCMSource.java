package jenkins.scm.api;

import hudson.ExtensionPoint;
import hudson.model.Item;
import hudson.scm.SCM;

public abstract class SCMSource {
    public final String getId() {
        throw new UnsupportedOperationException();
    }

    public abstract SCM build(SCMHead head, SCMRevision revision);

    public abstract static class SourceByItem implements ExtensionPoint {
        public static SCMSource findSource(Item item) {
            throw new UnsupportedOperationException();
        }
    }
}
