package jenkins.scm.api;

import hudson.ExtensionPoint;
import hudson.model.Item;

public class SCMHead {
    public SCMHead(String name) {
        throw new UnsupportedOperationException();
    }

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public abstract static class HeadByItem implements ExtensionPoint {
        public abstract SCMHead getHead(Item item);

        public static SCMHead findHead(Item item) {
            throw new UnsupportedOperationException();
        }
    }
}
