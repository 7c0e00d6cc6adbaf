package io.jenkins.plugins.airworthy.image.registry;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ChallengeTest {
    @Test
    void readsSchemeAndParameters() {
        assertThat(Challenge.parse(List.of("Bearer realm=\"https://a/t\",service=\"a b\",scope=x")))
                .containsExactly(
                        new Challenge("bearer", Map.of("realm", "https://a/t", "service", "a b", "scope", "x")));
    }

    @Test
    void readsSeveralOfOneHeaderAndOfSeveralHeaders() {
        assertThat(Challenge.parse(List.of("Negotiate, Basic realm=\"one, two\"", "BEARER realm=x")))
                .extracting(Challenge::scheme)
                .containsExactly("negotiate", "basic", "bearer");
    }

    @Test
    void takesTheFirstOfTwoRealms() {
        assertThat(Challenge.parse(List.of("Bearer realm=\"first\", realm=\"second\""))
                        .get(0)
                        .parameters())
                .containsEntry("realm", "first");
    }

    @Test
    void readsNothingFromNonsense() {
        assertThat(Challenge.parse(List.of("", "=", "\"\"\"", ",,,", "realm=\"x\"")))
                .isEmpty();
    }

    @Test
    void readsABoundedNumber() {
        assertThat(Challenge.parse(List.of("a, ".repeat(1_000)))).hasSizeLessThan(10);
    }
}
