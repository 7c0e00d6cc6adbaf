package jenkins.model;

import hudson.ExtensionPoint;
import hudson.model.ModelObject;

public abstract class GlobalConfigurationCategory implements ExtensionPoint, ModelObject {
    public static <T extends GlobalConfigurationCategory> T get(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public static class Security extends GlobalConfigurationCategory {
        @Override
        public String getDisplayName() {
            throw new UnsupportedOperationException();
        }
    }
}
