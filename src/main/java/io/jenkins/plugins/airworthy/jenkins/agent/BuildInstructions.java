package io.jenkins.plugins.airworthy.jenkins.agent;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.build.BuildRequest;
import io.jenkins.plugins.airworthy.build.ContainerSettings;
import io.jenkins.plugins.airworthy.build.FileCopy;
import io.jenkins.plugins.airworthy.build.NamedValues;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A job's request for a build, as the job wrote it; controller and agent read it in the same way.
 *
 * @param base a reference or {@link BuildRequest#SCRATCH}
 */
public record BuildInstructions(
        String base,
        List<String> files,
        List<String> entrypoint,
        List<String> cmd,
        List<String> env,
        List<String> labels,
        List<String> ports,
        List<String> volumes,
        List<String> platforms,
        String user,
        String workdir)
        implements Serializable {
    public BuildInstructions {
        files = List.copyOf(files);
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        env = List.copyOf(env);
        labels = List.copyOf(labels);
        ports = List.copyOf(ports);
        volumes = List.copyOf(volumes);
        platforms = List.copyOf(platforms);
    }

    /** The same request on a base whose digest is known. */
    BuildInstructions on(ImageReference pinned) {
        return new BuildInstructions(
                pinned.toString(), files, entrypoint, cmd, env, labels, ports, volumes, platforms, user, workdir);
    }

    /** The request, checked without access to files, whose paths are still relative to the workspace. */
    BuildRequest request() throws InvalidInputException {
        if (base.isEmpty()) {
            throw new InvalidInputException(
                    "base is missing: name the image to build upon, or the word " + BuildRequest.SCRATCH);
        }
        List<FileCopy> copies = new ArrayList<>();
        for (String file : files) {
            copies.add(FileCopy.parse(file));
        }
        List<Platform> wanted = new ArrayList<>();
        for (String platform : platforms) {
            wanted.add(Platform.parse(platform));
        }
        ContainerSettings settings = new ContainerSettings(
                NamedValues.words(entrypoint),
                NamedValues.words(cmd),
                NamedValues.parse("env", env),
                NamedValues.parse("labels", labels),
                Optional.of(user).filter(given -> !given.isEmpty()),
                ports,
                volumes,
                Optional.of(workdir).filter(given -> !given.isEmpty()));
        Optional<ImageReference> upon =
                base.equals(BuildRequest.SCRATCH) ? Optional.empty() : Optional.of(ImageReference.parse(base));
        return new BuildRequest(upon, copies, settings, wanted);
    }
}
