package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.FilePath;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.build.adopt.AdoptedImage;
import io.jenkins.plugins.airworthy.build.adopt.Adoption;
import io.jenkins.plugins.airworthy.build.adopt.BuilderOutput;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.run.provenance.AdoptedProvenance;
import io.jenkins.plugins.airworthy.jenkins.run.provenance.AdoptionWindow;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.signing.OriginAdvice;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Takes an image that another program built and pushed as one of this run. The agent only reads which digest the program wrote
 * into its output; the controller looks it up, and states that it was adopted.
 */
public final class AdoptOnAgent {
    /** How many characters the path of a file may have. */
    private static final int MAX_FILE_LENGTH = 1_000;

    private final StepEnvironment place;
    private final FilePath workspace;
    private final Registries registries;

    /** @throws InvalidInputException when the place has no workspace */
    public AdoptOnAgent(StepEnvironment place, String step) throws InvalidInputException {
        this.place = place;
        this.workspace = place.workspaceFor(step);
        this.registries = Registries.current();
    }

    /**
     * Where a program is to push to.
     *
     * @param absentBefore whether nothing was there before
     */
    public record Prepared(ImageReference pushTo, AdoptionWindow.AbsentBefore absentBefore) {}

    /**
     * Chooses where a program is to push to. Without a tag it is a new path below what was asked for, which nobody can have guessed: if
     * nothing is there, nothing was. With a tag it is that place, of which only what the tag says is known before.
     */
    public Prepared prepare(ImageReference asked) throws AirworthyException, InterruptedException {
        requirePlace(asked);
        boolean own = asked instanceof RegistryReference
                && asked.tag().isEmpty()
                && asked.digest().isEmpty();
        ImageReference pushTo = own ? ImageReference.parse(asked.repository() + "/run-" + UUID.randomUUID()) : asked;
        try (ImageStore there = registries.controllerStores(place.run()).open(pushTo)) {
            place.progress().say("The builder in this block is to push to " + pushTo);
            OriginAdvice.ofAdopted(place.run(), pushTo).forEach(place.progress()::say);
            return new Prepared(pushTo, absentNow(there, pushTo.tag().orElse("latest"), own));
        }
    }

    private static AdoptionWindow.AbsentBefore absentNow(ImageStore there, String tag, boolean own)
            throws AirworthyException, InterruptedException {
        try {
            if (there.resolve(tag).isPresent()) {
                return AdoptionWindow.AbsentBefore.FALSE;
            }
            return own ? AdoptionWindow.AbsentBefore.TRUE : AdoptionWindow.AbsentBefore.UNKNOWN;
        } catch (UndecidedException e) {
            // Some registries do not say, without more rights, that a repository does not exist.
            return AdoptionWindow.AbsentBefore.UNKNOWN;
        }
    }

    private void requirePlace(ImageReference asked) throws AirworthyException {
        registries.refuseProduction(asked);
        if (AgentStores.isInWorkspace(asked)) {
            throw new InvalidInputException(
                    asked + " is in the workspace, where the controller cannot read it: push it to" + " a registry");
        }
    }

    /**
     * Adopts.
     *
     * @param asked where the program pushed to
     * @param file the program's output, in the workspace
     * @param since when the build, or the block around the program, began
     * @return where the image is, by its digest
     */
    public ImageReference adopt(
            ImageReference asked, String file, Instant since, AdoptionWindow.AbsentBefore absentBefore)
            throws AirworthyException, InterruptedException {
        if (file.isEmpty()
                || file.length() > MAX_FILE_LENGTH
                || !AirworthyException.oneLine(file).equals(file)) {
            throw new InvalidInputException(
                    "digestFile is missing, too long, or has control characters: name the file in"
                            + " the workspace into which the builder writes the digest");
        }
        requirePlace(asked);
        ImageStores stores = registries.controllerStores(place.run());
        Agent agent = Agent.of(workspace);
        AdoptedImage adopted;
        try (ImageStore there = stores.open(asked)) { // refused before any work is done
            Duration sinceStart = Duration.between(since, Instant.now());
            BuilderOutput output = BuilderOutput.read(agent.ask(
                    new OutputFileWork(
                            workspace.getRemote(), file, sinceStart.isNegative() ? Duration.ZERO : sinceStart),
                    place.listener()));
            adopted = Adoption.of(there, asked, output);
        }
        AdoptionWindow window = new AdoptionWindow(since, Instant.now(), absentBefore);
        Statement provenance =
                AdoptedProvenance.of(RunOrigin.of(place.run()), adopted, file, agent.name(), window, stores);
        ImageRecord.of(place.run())
                .adopted(asked, adopted.digest(), place.path(), provenance, "adopted from " + adopted.form());
        place.progress()
                .say("Adopted " + asked + " at " + adopted.digest()
                        + ": its provenance says who adopted it, and not how it was built");
        if (!adopted.byproducts().isEmpty()) {
            place.progress()
                    .say("The index has " + adopted.byproducts().size()
                            + " statements of its builder, which nobody signed:"
                            + " a promotion copies them too, with all that they tell of the build");
        }
        OriginAdvice.ofAdopted(place.run(), asked).forEach(place.progress()::say);
        return asked.at(adopted.digest());
    }
}
