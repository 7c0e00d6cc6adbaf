package io.jenkins.plugins.airworthy.jenkins.run.origin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Cause;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who or what started a run. A person is identified by the id in the security realm, never by the display name that people choose
 * for themselves; without a person, no user is named.
 *
 * @param user the id of a person; absent for everything else
 * @param through the runs that passed it on, the nearest first, each as the full name of its job and its number
 */
public record Starter(Kind by, Optional<String> user, List<String> through) {
    /** How many starters of one run are listed, and how many runs a start passed through. */
    static final int MOST = 20;

    private static final int MAX_LENGTH = 300;
    private static final Set<String> TIMER = Set.of("hudson.triggers.TimerTrigger$TimerTriggerCause");
    private static final Set<String> SCM = Set.of(
            "hudson.triggers.SCMTrigger$SCMTriggerCause",
            "jenkins.branch.BranchIndexingCause",
            "jenkins.branch.BranchEventCause");

    /** The kinds of starters. */
    public enum Kind {
        USER,
        /** A person who was not logged in. */
        ANONYMOUS,
        SCM,
        TIMER,
        /** Another run whose own starter is no longer known. */
        UPSTREAM,
        OTHER
    }

    public Starter {
        through = List.copyOf(through);
    }

    /** All who are behind a run's causes. */
    static List<Starter> of(List<Cause> causes) {
        List<Starter> starters = new ArrayList<>();
        collect(causes, List.of(), starters);
        return List.copyOf(starters);
    }

    private static void collect(List<Cause> causes, List<String> through, List<Starter> starters) {
        for (Cause cause : causes) {
            if (starters.size() == MOST) {
                return;
            }
            if (cause instanceof Cause.UpstreamCause upstream && through.size() < MOST) {
                List<String> further = new ArrayList<>(through);
                further.add(bounded(upstream.getUpstreamProject() + "#" + upstream.getUpstreamBuild()));
                int known = starters.size();
                collect(upstream.getUpstreamCauses(), further, starters);
                if (starters.size() == known) {
                    starters.add(new Starter(Kind.UPSTREAM, Optional.empty(), further));
                }
            } else {
                starters.add(of(cause, through));
            }
        }
    }

    private static Starter of(Cause cause, List<String> through) {
        if (cause instanceof Cause.UserIdCause person) {
            Optional<String> id = Optional.ofNullable(person.getUserId()).map(Starter::bounded);
            return new Starter(id.isPresent() ? Kind.USER : Kind.ANONYMOUS, id, through);
        }
        Set<String> types = ClassNames.of(cause);
        Kind kind = types.stream().anyMatch(TIMER::contains)
                ? Kind.TIMER
                : types.stream().anyMatch(SCM::contains) ? Kind.SCM : Kind.OTHER;
        return new Starter(kind, Optional.empty(), through);
    }

    public ObjectNode toJson() {
        ObjectNode json = StrictJson.object();
        json.put("by", by.name());
        user.ifPresent(id -> json.put("user", id));
        if (!through.isEmpty()) {
            through.forEach(json.putArray("through")::add);
        }
        return json;
    }

    private static String bounded(String text) {
        String line = AirworthyException.oneLine(text);
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
