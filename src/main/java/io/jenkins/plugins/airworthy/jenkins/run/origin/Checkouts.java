package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.Extension;
import hudson.FilePath;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.SCMListener;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a run checked out, in order, kept in the run's own file. */
public final class Checkouts extends InvisibleAction {
    /** How many checkouts of one run are kept; further ones are only counted. */
    static final int MAX = 100;

    private static final Object ATTACHING = new Object();

    // Never changed, only replaced: Jenkins may be writing the old one.
    private volatile Checkout[] list = new Checkout[0];
    private volatile int leftOut;

    static Optional<Checkouts> find(Run<?, ?> run) {
        return Optional.ofNullable(run.getAction(Checkouts.class));
    }

    List<Checkout> list() {
        return List.of(list);
    }

    int leftOut() {
        return leftOut;
    }

    /** Whether this was anything new. */
    synchronized boolean add(Checkout checkout) {
        if (Arrays.stream(list).anyMatch(checkout::isSameAs)) {
            return false;
        }
        if (list.length >= MAX) {
            leftOut = leftOut + 1;
            return true;
        }
        Checkout[] longer = Arrays.copyOf(list, list.length + 1);
        longer[list.length] = checkout;
        list = longer;
        return true;
    }

    private static Checkouts of(Run<?, ?> run) {
        synchronized (ATTACHING) {
            return find(run).orElseGet(() -> {
                Checkouts checkouts = new Checkouts();
                run.addAction(checkouts);
                return checkouts;
            });
        }
    }

    /** Listens to every checkout: by the controller for a definition, a step, a freestyle job, or a library. */
    @Extension
    public static final class Listener extends SCMListener {
        @Override
        public void onCheckout(
                Run<?, ?> run,
                SCM scm,
                FilePath workspace,
                TaskListener listener,
                File changelogFile,
                SCMRevisionState pollingBaseline)
                throws IOException {
            TreeMap<String, String> environment = new TreeMap<>();
            scm.buildEnvironment(run, environment);
            Checkout checkout = Checkout.of(scm, environment, workspace != null && !workspace.isRemote());
            if (of(run).add(checkout)) {
                run.save();
            }
        }
    }
}
