package hudson.model;

import hudson.ExtensionPoint;
import hudson.security.Permission;

public abstract class AdministrativeMonitor extends AbstractModelObject implements ExtensionPoint {
    protected AdministrativeMonitor() {}

    @Override
    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public abstract boolean isActivated();

    public boolean isSecurity() {
        throw new UnsupportedOperationException();
    }

    public Permission getRequiredPermission() {
        throw new UnsupportedOperationException();
    }
}
