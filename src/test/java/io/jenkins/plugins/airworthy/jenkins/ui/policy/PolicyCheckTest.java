package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyCheckTest {
    @Test
    void acceptsTheInitialTextOfTheEditor() {
        PolicyCheck check = PolicyCheck.of(PolicyTemplate.text(), List.of("release"));

        assertThat(check.sound()).isTrue();
        assertThat(check.message()).isEqualTo("Policy 'production' is valid: 3 rules, mode enforce.");
        assertThat(check.warnings()).isEmpty();
    }

    @Test
    void reportsLineAndColumnOfAFault() {
        String text = PolicyTemplate.text().replace("threshold: 1", "treshold: 1");

        PolicyCheck check = PolicyCheck.of(text, List.of());

        assertThat(check.sound()).isFalse();
        assertThat(check.line()).isEqualTo(9);
        assertThat(check.column()).isEqualTo(19);
        assertThat(check.place()).isEqualTo("Line 9, column 19: ");
        assertThat(check.message()).contains("unknown key 'treshold'").doesNotContain("policy:9");
    }

    @Test
    void warnsAboutMissingKeys() {
        assertThat(PolicyCheck.of(PolicyTemplate.text(), List.of("other")).warnings())
                .containsExactly("There is no key 'release': nothing that asks for its signature can pass.");
    }

    @Test
    void takesNoPlaceFromTextThatMerelyLooksLikeOne() {
        assertThat(PolicyCheck.fault("policy:99999999:1: x").line()).isZero();
        assertThat(PolicyCheck.fault("there is no policy:1:2: x").line()).isZero();
    }
}
