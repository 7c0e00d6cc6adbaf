package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;

import java.io.IOException;

public interface Item extends PersistenceRoot, ModelObject, AccessControlled {
    Permission READ = null;

    Permission CONFIGURE = null;

    Permission BUILD = null;

    Permission CANCEL = null;

    Permission EXTENDED_READ = null;

    ItemGroup<? extends Item> getParent();

    String getName();

    String getFullName();

    String getFullDisplayName();

    String getUrl();

    @Override
    void save() throws IOException;
}
