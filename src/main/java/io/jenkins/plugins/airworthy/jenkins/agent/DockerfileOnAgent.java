package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.FilePath;
import hudson.model.Node;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.build.adopt.AdoptedImage;
import io.jenkins.plugins.airworthy.build.adopt.Adoption;
import io.jenkins.plugins.airworthy.build.adopt.BuilderOutput;
import io.jenkins.plugins.airworthy.build.dockerfile.BuildOptions;
import io.jenkins.plugins.airworthy.build.dockerfile.BuildPlan;
import io.jenkins.plugins.airworthy.build.dockerfile.BuilderKind;
import io.jenkins.plugins.airworthy.build.dockerfile.Dockerfile;
import io.jenkins.plugins.airworthy.build.dockerfile.DockerfileBuild;
import io.jenkins.plugins.airworthy.build.dockerfile.PinnedImages;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.config.BuilderTool;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.run.provenance.DockerfileProvenance;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.signing.OriginAdvice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Has a build's agent build a Dockerfile. The controller reads the file that the agent sends, resolves every image that it names, once,
 * and sends back the instructions with digests; the builder gets these. What it says that it pushed is then looked up, as for an
 * adopted image.
 */
public final class DockerfileOnAgent {
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+-]{1,60}");

    private final StepEnvironment place;
    private final FilePath workspace;
    private final Registries registries;

    /** @throws InvalidInputException when the place has no workspace */
    public DockerfileOnAgent(StepEnvironment place, String step) throws InvalidInputException {
        this.place = place;
        this.workspace = place.workspaceFor(step);
        this.registries = Registries.current();
    }

    /**
     * Builds.
     *
     * @return where the image is, by its digest
     */
    public ImageReference build(DockerfileInstructions asked, ImageReference to)
            throws AirworthyException, InterruptedException {
        if (!(to instanceof RegistryReference target)) {
            throw new InvalidInputException("'" + to + "' is in no registry, where a builder pushes to");
        }
        target.newTag();
        registries.refuseProduction(target);
        BuildOptions options = asked.options(target);
        ImageStores stores = registries.controllerStores(place.run());
        Node node = Agent.nodeOf(workspace);
        Agent agent = Agent.of(node);
        AgentBuilders builders = new AgentBuilders(asked.builder(), BuilderTool.pathsOn(node, place.listener()));
        try (ImageStore there = stores.open(target)) { // refused before any work is done
            place.progress()
                    .say("Building " + asked.dockerfile() + " on agent " + agent.name() + " as " + there.location());
        }
        OriginAdvice.of(place.run(), target).forEach(place.progress()::say);
        Dockerfile dockerfile = Dockerfile.parse(file(agent, asked, builders), options.arguments());
        Map<RegistryReference, RegistryReference> images =
                PinnedImages.resolve(dockerfile, options, stores, place.progress());
        BuildPlan plan = BuildPlan.of(dockerfile, images, target, options);
        List<ImageReference> touched = new ArrayList<>(List.of(target));
        touched.addAll(images.values());
        Instant started = Instant.now();
        JsonObject answer = agent.ask(
                new DockerfileBuildWork(
                        workspace.getRemote(),
                        asked.context(),
                        plan,
                        builders,
                        registries.forAgents(place.run(), touched)),
                place.listener());
        answer.allowOnly(Set.of(DockerfileBuildWork.OUTPUT, DockerfileBuildWork.BUILDER, DockerfileBuildWork.VERSION));
        DockerfileBuild built = new DockerfileBuild(
                dockerfile,
                asked.dockerfile(),
                asked.context().isEmpty() ? "." : asked.context(),
                options,
                images,
                kind(answer),
                version(answer),
                find(stores, target, answer),
                started,
                Instant.now());
        return record(built, agent, stores);
    }

    private byte[] file(Agent agent, DockerfileInstructions asked, AgentBuilders builders)
            throws AirworthyException, InterruptedException {
        JsonObject answer =
                agent.ask(new DockerfileWork(workspace.getRemote(), asked.dockerfile(), builders), place.listener());
        answer.allowOnly(Set.of(DockerfileWork.DOCKERFILE));
        try {
            return Base64.getDecoder().decode(answer.string(DockerfileWork.DOCKERFILE));
        } catch (IllegalArgumentException e) {
            throw answer.error(DockerfileWork.DOCKERFILE, "is not base64");
        }
    }

    private static AdoptedImage find(ImageStores stores, RegistryReference target, JsonObject answer)
            throws AirworthyException, InterruptedException {
        BuilderOutput output = BuilderOutput.read(answer.object(DockerfileBuildWork.OUTPUT));
        try (ImageStore there = stores.open(target)) {
            return Adoption.of(there, target, output);
        }
    }

    private static BuilderKind kind(JsonObject answer) throws InvalidInputException {
        return BuilderKind.parse(answer.string(DockerfileBuildWork.BUILDER))
                .orElseThrow(() -> answer.error(DockerfileBuildWork.BUILDER, "is empty"));
    }

    private static String version(JsonObject answer) throws InvalidInputException {
        String version = answer.string(DockerfileBuildWork.VERSION);
        if (!VERSION.matcher(version).matches()) {
            throw answer.error(DockerfileBuildWork.VERSION, "is no version");
        }
        return version;
    }

    private ImageReference record(DockerfileBuild built, Agent agent, ImageStores stores)
            throws AirworthyException, InterruptedException {
        AdoptedImage image = built.image();
        String by = built.builder() + " " + built.version();
        Statement provenance = DockerfileProvenance.of(RunOrigin.of(place.run()), built, agent.name(), stores);
        ImageRecord.of(place.run())
                .built(
                        image.reference(),
                        image.digest(),
                        place.path(),
                        provenance,
                        "built on agent " + agent.name() + " by " + by);
        place.progress().say("Built " + image.reference() + " at " + image.digest() + " with " + by);
        return image.reference().at(image.digest());
    }
}
