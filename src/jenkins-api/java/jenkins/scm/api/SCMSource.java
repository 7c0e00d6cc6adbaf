package jenkins.scm.api;

import hudson.model.Item;
import hudson.scm.SCM;

public abstract class SCMSource {
    public final String getId() {
        throw new UnsupportedOperationException();
    }

    public SCM build(SCMHead head, SCMRevision revision) {
        throw new UnsupportedOperationException();
    }

    public static final class SourceByItem {
        private SourceByItem() {}

        public static SCMSource findSource(Item item) {
            throw new UnsupportedOperationException();
        }
    }
}
