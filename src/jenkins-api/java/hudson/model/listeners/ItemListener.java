package hudson.model.listeners;

import hudson.ExtensionPoint;

public abstract class ItemListener implements ExtensionPoint {
    public void onLoaded() {}
}
