package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyNoticesTest {
    @Test
    void aPolicyFromCodeSaysThatChangesDoNotLast() {
        assertThat(PolicyNotices.advice(Set.of("production"), Optional.of("production")))
                .startsWith("This policy is managed as code: changes made here last until");
    }

    @Test
    void aPolicyBesideTheCodeAndANewOneDoNotLastEither() {
        assertThat(PolicyNotices.advice(Set.of("production"), Optional.of("own")))
                .contains("not in the code");
        assertThat(PolicyNotices.advice(Set.of("production"), Optional.empty())).contains("added, changed or removed");
    }

    @Test
    void nothingIsSaidWithoutCode() {
        assertThat(PolicyNotices.advice(Set.of(), Optional.of("production"))).isEmpty();
    }
}
