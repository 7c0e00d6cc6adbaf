package io.jenkins.plugins.airworthy.build;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.manifest.Platform;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Creates the SLSA provenance of an image that {@link ImageBuilder} built: the request, the digest of the
 * base, and the digests of the layers made from the files. Values of environment variables are omitted: they are in the image
 * already, and publishing them twice makes them harder to withdraw.
 */
public final class BuildProvenance {
    private BuildProvenance() {}

    /** Creates the statement for a build that the command line itself observed. */
    public static Statement ofCommandLine(
            BuildRequest request,
            BuiltImage built,
            Optional<Provenance.Source> source,
            Instant startedAt,
            Instant finishedAt) {
        Provenance provenance = Provenance.of(
                Provenance.COMMAND_LINE_BUILD,
                Provenance.COMMAND_LINE_BUILDER,
                source,
                built.base()
                        .map(base -> new Provenance.Base(
                                base.reference().toString(), base.digest().toString())),
                List.of(),
                Optional.empty(),
                startedAt,
                finishedAt);
        return new Statement(
                new Subject(
                        Optional.of(built.reference().repository()),
                        built.descriptor().digest()),
                Optional.of(new Observation(Observer.BUILD_AGENT, finishedAt)),
                PredicateTypes.PROVENANCE,
                provenance.toPredicate(parameters(request), environment(built)));
    }

    /** Returns the caller's request, as externalParameters. */
    public static ObjectNode parameters(BuildRequest request) {
        ObjectNode json = StrictJson.object();
        ArrayNode files = json.putArray("files");
        for (FileCopy copy : request.copies()) {
            files.addObject()
                    .put("from", copy.from().toString().replace('\\', '/'))
                    .put("to", copy.to() + (copy.intoFolder() ? "/" : ""))
                    .put("mode", "0" + Integer.toOctalString(copy.fileMode()))
                    .put("owner", copy.owner().toString());
        }
        ContainerSettings settings = request.settings();
        settings.entrypoint().ifPresent(arguments -> strings(json, "entrypoint", arguments));
        settings.command().ifPresent(arguments -> strings(json, "command", arguments));
        strings(json, "environment", settings.environment().keySet());
        settings.labels().forEach(json.putObject("labels")::put);
        settings.user().ifPresent(user -> json.put("user", user));
        strings(json, "ports", settings.exposedPorts());
        strings(json, "volumes", settings.volumes());
        settings.workingDirectory().ifPresent(folder -> json.put("workingDirectory", folder));
        strings(
                json,
                "platforms",
                request.platforms().stream().map(Platform::toString).toList());
        json.put("created", request.created().toString());
        return json;
    }

    /** Returns what the build determined, as internalParameters: the manifest that each platform's layers come from. */
    public static ObjectNode environment(BuiltImage built) {
        ObjectNode json = StrictJson.object();
        ArrayNode layers = json.putArray("layers");
        for (BuiltImage.Layer layer : built.layers()) {
            layers.addObject()
                    .put("to", layer.copy().to().toString())
                    .put("diffId", layer.diffId().toString());
        }
        ArrayNode platforms = json.putArray("platforms");
        for (BuiltImage.ForPlatform image : built.platforms()) {
            ObjectNode platform = platforms
                    .addObject()
                    .put("platform", image.platform().toString())
                    .put("digest", image.manifest().digest().toString());
            image.base().ifPresent(base -> platform.put("base", base.toString()));
        }
        return json;
    }

    private static void strings(ObjectNode json, String name, Iterable<String> values) {
        values.forEach(json.putArray(name)::add);
    }
}
