package io.jenkins.plugins.airworthy.jenkins.agent;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.config.AgentRegistries;
import io.jenkins.plugins.airworthy.jenkins.config.LayoutFolders;

import java.io.Serializable;

/**
 * The stores that work on an agent may open: the registries that an agent may know, layout folders beneath those that the administrator
 * listed, and layout folders within the workspace, if there is one.
 *
 * @param workspace empty if the work has none
 */
record AgentStores(AgentRegistries registries, LayoutFolders folders, String workspace) implements Serializable {

    /** Opens the stores, on the agent. */
    ImageStores open() throws AirworthyException {
        RegistryStores open = registries.stores();
        return reference ->
                reference instanceof LayoutReference layout ? LayoutStore.open(place(layout)) : open.open(reference);
    }

    /** Whether a reference leads into the workspace, which only the agent can read. */
    static boolean isInWorkspace(ImageReference reference) {
        return reference instanceof LayoutReference layout && !layout.folder().isAbsolute();
    }

    private LayoutReference place(LayoutReference layout) throws AirworthyException {
        if (workspace.isEmpty() || !isInWorkspace(layout)) {
            return folders.inside(layout);
        }
        return new LayoutReference(
                WorkspacePaths.at(workspace).resolveFully(layout.folder(), "the layout folder"),
                layout.tag(),
                layout.digest());
    }
}
