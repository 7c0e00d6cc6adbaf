package hudson.plugins.git;

import hudson.model.AbstractDescribableImpl;

import java.io.Serializable;

public class UserRemoteConfig extends AbstractDescribableImpl<UserRemoteConfig> implements Serializable {
    public String getName() {
        throw new UnsupportedOperationException();
    }

    public String getRefspec() {
        throw new UnsupportedOperationException();
    }

    public String getUrl() {
        throw new UnsupportedOperationException();
    }
}
