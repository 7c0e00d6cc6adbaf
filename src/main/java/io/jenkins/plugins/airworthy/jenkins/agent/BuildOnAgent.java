package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.FilePath;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.build.BuildCheck;
import io.jenkins.plugins.airworthy.build.BuildProvenance;
import io.jenkins.plugins.airworthy.build.BuildRequest;
import io.jenkins.plugins.airworthy.build.BuiltImage;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.config.LayoutFolders;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.run.provenance.BuildClaim;
import io.jenkins.plugins.airworthy.jenkins.run.provenance.ControllerProvenance;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.signing.OriginAdvice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Has a build's agent build an image, and checks on the controller what it built: the digest that it names must be in the registry
 * and must be the result of the request and its layers. Only then is it an image of this run. A reference to an image in the
 * workspace is only returned: only the agent can read it, so it can never be signed.
 */
public final class BuildOnAgent {
    private final StepEnvironment place;
    private final FilePath workspace;
    private final Registries registries;

    /** @throws InvalidInputException when the place has no workspace */
    public BuildOnAgent(StepEnvironment place, String step) throws InvalidInputException {
        this.place = place;
        this.workspace = place.workspaceFor(step);
        this.registries = Registries.current();
    }

    /**
     * Builds. Refuses, before the agent is asked, a target without a tag and a request that breaks the rules of builds.
     *
     * @return where the image is, by its digest
     */
    public ImageReference build(BuildInstructions instructions, ImageReference target)
            throws AirworthyException, InterruptedException {
        Agent agent = Agent.of(workspace);
        BuildRequest asked = instructions.request();
        target.newTag();
        asked.requireAllowed();
        registries.refuseProduction(target);
        if (AgentStores.isInWorkspace(target)) {
            ImageReference built = target.at(ask(agent, instructions, target));
            place.progress().say("Built " + built + " in the workspace: nothing can sign or promote it there");
            return built;
        }
        ImageStores stores = registries.controllerStores(place.run());
        try (ImageStore there = stores.open(target)) { // refused before any work is done
            place.progress().say("Building " + there.location() + " on agent " + agent.name());
        }
        OriginAdvice.of(place.run(), target).forEach(place.progress()::say);
        Optional<Provenance.Base> base = Optional.empty();
        BuildInstructions pinned = instructions;
        if (asked.base().isPresent()) {
            ImageReference found = resolve(stores, asked.base().get());
            place.progress()
                    .say("Base image " + asked.base().get() + " is "
                            + found.digest().orElseThrow());
            pinned = instructions.on(found);
            base = Optional.of(new Provenance.Base(
                    asked.base().get().toString(), found.digest().orElseThrow().toString()));
        }
        Instant started = Instant.now();
        Digest claimed = ask(agent, pinned, target);
        BuiltImage built = new BuildCheck(stores).check(pinned.request(), target, claimed);
        BuildClaim claim = new BuildClaim(
                target,
                claimed,
                agent.name(),
                base,
                BuildProvenance.parameters(asked),
                BuildProvenance.environment(built),
                started,
                Instant.now());
        Statement provenance = ControllerProvenance.of(RunOrigin.of(place.run()), claim, stores);
        ImageRecord.of(place.run()).built(target, claimed, place.path(), provenance, "built on agent " + agent.name());
        place.progress().say("Built " + target + " at " + claimed);
        return built.reference();
    }

    private Digest ask(Agent agent, BuildInstructions instructions, ImageReference target)
            throws AirworthyException, InterruptedException {
        List<ImageReference> touched = new ArrayList<>(List.of(target));
        instructions.request().base().ifPresent(touched::add);
        AgentStores stores = new AgentStores(
                registries.forAgents(place.run(), touched), LayoutFolders.current(), workspace.getRemote());
        JsonObject answer = agent.ask(new BuildWork(instructions, target.toString(), stores), place.listener());
        answer.allowOnly(Set.of(BuildWork.DIGEST));
        return Digest.member(answer, BuildWork.DIGEST);
    }

    /** Resolves the base once, on the controller: from here on only the digest counts. */
    private static ImageReference resolve(ImageStores stores, ImageReference base)
            throws AirworthyException, InterruptedException {
        if (AgentStores.isInWorkspace(base)) {
            throw new InvalidInputException("the base image " + base + " is in the workspace, where the controller"
                    + " cannot compare it with the result: name one in a registry");
        }
        try (ImageStore store = stores.open(base)) {
            return base.at(ImageReader.resolve(store, base).digest());
        }
    }
}
