package io.jenkins.plugins.airworthy.jenkins.step;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.jenkins.config.LayoutFolders;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryEntry;

import java.util.List;

/**
 * The places that a job may use through the controller: only the registries and the layout folders that the administrator listed.
 * The controller can reach hosts and folders that a job must not reach through it.
 */
record AllowedLocations(List<String> hosts, LayoutFolders folders) {
    AllowedLocations {
        hosts = List.copyOf(hosts);
    }

    static AllowedLocations current() {
        return new AllowedLocations(
                Registries.current().entries().stream()
                        .map(RegistryEntry::getHost)
                        .toList(),
                LayoutFolders.current());
    }

    /** The target of a promotion, as a job names it. */
    ImageReference target(String given) throws AirworthyException {
        if (given.isEmpty()) {
            throw new InvalidInputException(
                    "no target is named: say with 'to' where the image goes, for example registry.example.com/prod/app:1.2");
        }
        ImageReference target = ImageReference.parse(given);
        target.newTag();
        require(target);
        return target;
    }

    /** Refuses every other place. */
    void require(ImageReference reference) throws AirworthyException {
        if (reference instanceof LayoutReference layout) {
            folders.inside(layout);
        } else if (reference instanceof RegistryReference registry && !hosts.contains(registry.host())) {
            throw new InvalidInputException("'" + reference + "' is in the registry " + registry.host()
                    + ", which this controller does not connect to; an administrator can list it under Manage Jenkins,"
                    + " Security, Airworthy");
        }
    }
}
