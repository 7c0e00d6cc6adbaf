package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.model.Cause;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Provenance names a person by the id of the security realm, and no user if no person started the run. */
class StarterTest {
    private static Cause person(String id) {
        return new Cause.UserIdCause() {
            @Override
            public String getUserId() {
                return id;
            }

            @Override
            public String getShortDescription() {
                return "Started by user The Release Manager";
            }
        };
    }

    private static Cause other() {
        return new Cause() {
            @Override
            public String getShortDescription() {
                return "Started by user alice";
            }
        };
    }

    private static List<Starter> of(Cause... causes) {
        return Starter.of(List.of(causes));
    }

    @Test
    void namesAPersonByIdAndNotByDisplayName() {
        assertThat(of(person("mallory")))
                .containsExactly(new Starter(Starter.Kind.USER, Optional.of("mallory"), List.of()));
        assertThat(of(person("mallory")).get(0).toJson()).hasToString("{\"by\":\"USER\",\"user\":\"mallory\"}");
    }

    @Test
    void namesNoUserForAnAnonymousStart() {
        assertThat(of(person(null))).containsExactly(new Starter(Starter.Kind.ANONYMOUS, Optional.empty(), List.of()));
    }

    @Test
    void namesNoUserForACauseThatOnlyMentionsOne() {
        assertThat(of(other())).containsExactly(new Starter(Starter.Kind.OTHER, Optional.empty(), List.of()));
    }

    @Test
    void listsAllCausesButAtMostTwenty() {
        assertThat(of(person("alice"), other(), person("bob")))
                .extracting(Starter::by)
                .containsExactly(Starter.Kind.USER, Starter.Kind.OTHER, Starter.Kind.USER);
        assertThat(Starter.of(new ArrayList<>(Collections.nCopies(100, person("alice")))))
                .hasSize(Starter.MOST);
    }

    @Test
    void anIdCannotLeaveItsLine() {
        assertThat(of(person("eve\n\u202e" + "x".repeat(1_000))).get(0).user().orElseThrow())
                .doesNotContain("\n", "\u202e")
                .hasSizeLessThan(400);
    }
}
