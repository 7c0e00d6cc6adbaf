package io.jenkins.plugins.airworthy.build;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings for containers of the image. Absent settings are inherited from the base image; environment, labels, ports
 * and volumes are added to the base's. An entrypoint replaces the base's and drops its command.
 *
 * @param entrypoint if present and empty, the image has none, not even the base's
 * @param command arguments of the entrypoint
 * @param user name or number, with group if wanted: {@code app}, {@code 1000:1000}
 * @param exposedPorts for example {@code 8080} or {@code 53/udp}
 */
public record ContainerSettings(
        Optional<List<String>> entrypoint,
        Optional<List<String>> command,
        SortedMap<String, String> environment,
        SortedMap<String, String> labels,
        Optional<String> user,
        List<String> exposedPorts,
        List<String> volumes,
        Optional<String> workingDirectory) {
    /** Changes nothing of the base image. */
    public static final ContainerSettings INHERITED = new ContainerSettings(
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty());

    public ContainerSettings {
        entrypoint = entrypoint.map(List::copyOf);
        command = command.map(List::copyOf);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        exposedPorts = List.copyOf(exposedPorts);
        volumes = List.copyOf(volumes);
    }

    /** Sorts the maps, so that the order in which labels and variables were given changes nothing. */
    public ContainerSettings(
            Optional<List<String>> entrypoint,
            Optional<List<String>> command,
            Map<String, String> environment,
            Map<String, String> labels,
            Optional<String> user,
            List<String> exposedPorts,
            List<String> volumes,
            Optional<String> workingDirectory) {
        this(
                entrypoint,
                command,
                new TreeMap<>(environment),
                new TreeMap<>(labels),
                user,
                exposedPorts,
                volumes,
                workingDirectory);
    }
}
