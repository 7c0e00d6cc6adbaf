package io.jenkins.plugins.airworthy.jenkins.ui.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.ui.HostileText;
import io.jenkins.plugins.airworthy.jenkins.ui.element.StatusMark;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ShownVerdictTest {
    @Test
    void showsFirstWhatFailedAndThenWhatWasWaived() throws InvalidInputException {
        ShownVerdict verdict = ShownVerdict.of(HostileText.verdict());

        assertThat(verdict.items())
                .extracting(ShownItem::mark)
                .containsExactly(StatusMark.FAILED, StatusMark.WAIVED, StatusMark.PASSED, StatusMark.NOT_APPLICABLE);
        assertThat(verdict.summary()).isEqualTo("1 of 4 items failed, 1 waived.");
        assertThat(verdict.word()).isEqualTo("Refused");
        assertThat(verdict.evaluatedAt().text()).isEqualTo("2026-11-23 15:31 UTC");
    }

    /** A warning is neither a failure nor a pass. */
    @Test
    void countsWhatOnlyWarnsOnItsOwn() throws InvalidInputException {
        ObjectNode stored = HostileText.verdict();
        ((ObjectNode) stored.get("items").get(0)).put("status", "WARNED");

        ShownVerdict verdict = ShownVerdict.of(stored);

        assertThat(verdict.count(StatusMark.WARNED)).isEqualTo(1);
        assertThat(verdict.items().get(0).mark()).isEqualTo(StatusMark.FAILED);
        assertThat(verdict.summary()).isEqualTo("1 of 4 items failed, 1 only warned, 1 waived.");
    }

    @Test
    void namesTheImageWithoutItsDigest() throws InvalidInputException {
        ObjectNode stored = HostileText.verdict().put("image", "reg.example.com/app@" + HostileText.DIGEST);

        ShownVerdict verdict = ShownVerdict.of(stored);

        assertThat(verdict.image()).isEqualTo("reg.example.com/app");
        assertThat(verdict.digest().full()).isEqualTo(HostileText.DIGEST);
    }

    @Test
    void keepsStrangersTextAsItIsAndLeavesEscapingToTheViews() throws InvalidInputException {
        ShownItem failed = ShownVerdict.of(HostileText.verdict()).items().get(0);

        assertThat(failed.reason()).isEqualTo(HostileText.SCRIPT);
        assertThat(failed.id()).isEqualTo(HostileText.SCRIPT);
    }

    @Test
    void showsABoundedNumberOfFindingsAndCountsTheOthers() throws InvalidInputException {
        ShownItem failed = ShownVerdict.of(HostileText.verdict()).items().get(0);

        assertThat(failed.details()).hasSize(ShownItem.MAX_DETAILS);
        assertThat(failed.more()).isEqualTo(10);
    }

    @Test
    void neverTakesAnUnknownStatusForAPass() throws InvalidInputException {
        ObjectNode stored = HostileText.verdict();
        ((ObjectNode) stored.get("items").get(0)).put("status", "PASSED ");

        assertThat(ShownVerdict.of(stored).count(StatusMark.FAILED)).isEqualTo(2);
    }

    @Test
    void refusesAVerdictOfAnotherSchema() {
        ObjectNode stored = HostileText.verdict().put("schemaVersion", 2);

        assertThatThrownBy(() -> ShownVerdict.of(stored))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the stored verdict: schemaVersion: is not 1");
    }

    @Test
    void refusesAVerdictWithAForgedDigest() {
        ObjectNode stored = HostileText.verdict().put("digest", HostileText.SCRIPT);

        assertThatThrownBy(() -> ShownVerdict.of(stored)).isInstanceOf(InvalidInputException.class);
    }
}
