package io.jenkins.plugins.airworthy.build.dockerfile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.build.adopt.AdoptedImage;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Dockerfile that a builder built, for provenance. Of build arguments only the names are told.
 *
 * @param path of the Dockerfile, as the job names it
 * @param context the folder of the files, as the job names it
 * @param images the digests that were resolved before the build, by the names in the Dockerfile
 * @param builder its kind
 * @param version of it, as it says itself
 * @param image what is in the registry
 */
public record DockerfileBuild(
        Dockerfile dockerfile,
        String path,
        String context,
        BuildOptions options,
        Map<RegistryReference, RegistryReference> images,
        BuilderKind builder,
        String version,
        AdoptedImage image,
        Instant startedAt,
        Instant finishedAt) {
    public DockerfileBuild {
        images = new LinkedHashMap<>(images);
    }

    /** What the last stage is built on, which still has to be compared; empty for scratch. */
    public Optional<Provenance.Base> claimedBase() throws InvalidInputException {
        return dockerfile
                .base(Optional.of(options.target()).filter(stage -> !stage.isEmpty()))
                .map(base -> new Provenance.Base(
                        base.toString(), images.get(base).digest().orElseThrow().toString()));
    }

    /** What the job asked for, as externalParameters. */
    public ObjectNode parameters() {
        ObjectNode json = StrictJson.object();
        ObjectNode file = json.putObject("dockerfile");
        file.put("path", path).put("sha256", dockerfile.sha256().hex()).put("context", context);
        if (!options.target().isEmpty()) {
            file.put("target", options.target());
        }
        options.arguments().keySet().forEach(json.putArray("buildArguments")::add);
        options.platforms().forEach(json.putArray("platforms")::add);
        options.cacheFrom().forEach(json.putArray("cacheFrom")::add);
        options.cacheTo().forEach(json.putArray("cacheTo")::add);
        return json;
    }

    /** What the builder was, as internalParameters. */
    public ObjectNode environment() {
        ObjectNode json = StrictJson.object();
        json.putObject("builder").put("name", builder.toString()).put("version", version);
        return json;
    }

    /**
     * The images that the build could use.
     *
     * @param base which is named elsewhere already
     */
    public List<Provenance.Dependency> dependencies(Optional<Provenance.Base> base) {
        List<Provenance.Dependency> dependencies = new ArrayList<>();
        images.forEach((asked, pinned) -> {
            boolean named = base.isPresent() && base.get().reference().equals(asked.toString());
            if (!named) {
                dependencies.add(dependency(asked, pinned));
            }
        });
        return dependencies;
    }

    private static Provenance.Dependency dependency(ImageReference asked, RegistryReference pinned) {
        return new Provenance.Dependency(
                "oci://" + asked,
                Optional.of("sha256"),
                Optional.of(pinned.digest().orElseThrow().hex()));
    }

    /** The statement of a person at the command line: only the signing key vouches for it. */
    public Statement ofCommandLine(Optional<Provenance.Source> source, Optional<Provenance.Base> base) {
        Provenance provenance = Provenance.of(
                Provenance.COMMAND_LINE_DOCKERFILE,
                Provenance.COMMAND_LINE_BUILDER,
                source,
                base,
                dependencies(base),
                Optional.empty(),
                startedAt,
                finishedAt);
        return new Statement(
                new Subject(Optional.of(image.reference().repository()), image.digest()),
                Optional.of(new Observation(Observer.BUILD_AGENT, finishedAt)),
                PredicateTypes.PROVENANCE,
                provenance.toPredicate(parameters(), environment(), image.byproducts()));
    }
}
