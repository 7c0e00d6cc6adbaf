package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.model.AbstractBuild;
import hudson.model.Run;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The source code that a run comes from.
 *
 * @param definition the revision of the job's own definition; absent if there is none or it is not known
 * @param doubt why the definition's revision is not known; absent if it is
 * @param scriptPath where the pipeline's script is in it, as the job is configured; empty when the job does not say
 * @param others other revisions that the run checked out
 * @param leftOut how many more checkouts there were than are kept
 */
public record RunSource(
        Optional<SourceRevision> definition,
        Optional<String> doubt,
        String scriptPath,
        List<SourceRevision> others,
        int leftOut) {
    public RunSource {
        others = List.copyOf(others);
    }

    /** A run without any source. */
    public static RunSource none(String doubt) {
        return new RunSource(Optional.empty(), Optional.of(doubt), "", List.of(), 0);
    }

    static RunSource of(Run<?, ?> run, Set<RunKind> kinds) {
        Optional<Checkouts> made = Checkouts.find(run);
        List<Checkout> checkouts = made.map(Checkouts::list).orElse(List.of());
        RunSource source = definition(run, kinds, checkouts);
        List<SourceRevision> others = new ArrayList<>();
        for (Checkout checkout : checkouts) {
            SourceRevision revision = checkout.revision();
            if (!source.names(revision) && !others.contains(revision)) {
                others.add(revision);
            }
        }
        return new RunSource(
                source.definition(),
                source.doubt(),
                source.scriptPath(),
                others,
                made.map(Checkouts::leftOut).orElse(0));
    }

    private static RunSource definition(Run<?, ?> run, Set<RunKind> kinds, List<Checkout> checkouts) {
        Optional<DefinitionSnapshot> trace = DefinitionSnapshot.find(run);
        if (kinds.contains(RunKind.MULTIBRANCH) && trace.isPresent()) {
            return branch(trace.get());
        }
        if (kinds.contains(RunKind.PIPELINE_FROM_SCM) && trace.isPresent()) {
            return pipeline(trace.get(), checkouts);
        }
        if (kinds.contains(RunKind.FREESTYLE) && run instanceof AbstractBuild<?, ?> build) {
            String settings = ScmSettings.digest(build.getProject().getScm());
            return first(checkouts, settings)
                    .map(checkout -> of(checkout, ""))
                    .orElseGet(() -> none("the job checked nothing out"));
        }
        return none("the job has no definition in source control");
    }

    private static RunSource branch(DefinitionSnapshot trace) {
        Optional<BranchRevision> branch = trace.branch();
        if (branch.isEmpty()) {
            return none("its multibranch project reported no revision");
        }
        Optional<String> doubt = branch.get().doubt();
        return doubt.isPresent()
                ? none(doubt.get())
                : new RunSource(Optional.of(branch.get().revision()), Optional.empty(), "", List.of(), 0);
    }

    /**
     * The first checkout with the definition's own settings is the definition's: the controller's own, or, if it read the script
     * without one, the script's. In that case a script can choose everything that the settings leave open, so they must leave
     * nothing open.
     */
    private static RunSource pipeline(DefinitionSnapshot trace, List<Checkout> checkouts) {
        Optional<Checkout> checkout = first(checkouts, trace.settings());
        if (trace.scriptDoubt().isPresent()) {
            return none(trace.scriptDoubt().get());
        }
        if (checkout.isEmpty()) {
            return none("the script was read without a checkout: call 'checkout scm' before it builds,"
                    + " or switch off lightweight checkout in the job");
        }
        boolean afterScript = trace.isLightweight() || !checkout.get().isOnController();
        if (afterScript && !checkout.get().isSteady()) {
            return none("the script was read without a checkout, and its branch depends on a parameter or a pattern:"
                    + " switch off lightweight checkout in the job");
        }
        return of(checkout.get(), trace.scriptPath());
    }

    private static RunSource of(Checkout checkout, String scriptPath) {
        return checkout.doubt().isPresent()
                ? none(checkout.doubt().get())
                : new RunSource(Optional.of(checkout.revision()), Optional.empty(), scriptPath, List.of(), 0);
    }

    /** The checkout by which the controller has read a script so far. */
    static Optional<Checkout> definitionCheckout(Run<?, ?> run, DefinitionSnapshot trace) {
        return first(Checkouts.find(run).map(Checkouts::list).orElse(List.of()), trace.settings());
    }

    private static Optional<Checkout> first(List<Checkout> checkouts, String settings) {
        return checkouts.stream().filter(checkout -> checkout.isWith(settings)).findFirst();
    }

    private boolean names(SourceRevision revision) {
        return definition
                .filter(own -> own.repository().equals(revision.repository())
                        && own.commit().equals(revision.commit()))
                .isPresent();
    }
}
