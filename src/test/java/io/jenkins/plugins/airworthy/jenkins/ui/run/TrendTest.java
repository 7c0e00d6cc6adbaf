package io.jenkins.plugins.airworthy.jenkins.ui.run;

import io.jenkins.plugins.airworthy.jenkins.ui.HostileText;
import io.jenkins.plugins.airworthy.jenkins.ui.element.StatusMark;
import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class TrendTest {
    @Test
    void drawsNothingForNoVerdicts() {
        assertThat(Trend.of(List.of()).bars()).isEmpty();
        assertThat(Trend.of(List.of()).width()).isZero();
    }

    @Test
    void drawsTheOldestAtTheLeft() throws Exception {
        Trend trend = Trend.of(List.of(promotion("#2"), promotion("#1")));

        assertThat(trend.bars()).extracting(Trend.Bar::title).first().asString().startsWith("#1: Refused.");
        assertThat(trend.bars().get(0).x()).isLessThan(trend.bars().get(1).x());
    }

    @Test
    void staysInsideItsDrawing() throws Exception {
        Trend trend = Trend.of(Collections.nCopies(100, promotion("#1")));

        assertThat(trend.bars()).hasSize(Trend.MAX_BARS);
        assertThat(trend.bars()).allSatisfy(bar -> {
            assertThat(bar.x() + bar.width()).isLessThanOrEqualTo(trend.width());
            assertThat(bar.parts())
                    .extracting(Trend.Part::mark)
                    .containsExactly(StatusMark.PASSED, StatusMark.WAIVED, StatusMark.FAILED);
            assertThat(bar.parts()).allSatisfy(part -> {
                assertThat(part.y()).isNotNegative();
                assertThat(part.y() + part.height()).isLessThanOrEqualTo(trend.height());
            });
        });
    }

    private static ShownPromotion promotion(String run) throws Exception {
        return new ShownPromotion(run, "job/a/1/airworthy/", ShownVerdict.of(HostileText.verdict()), "");
    }
}
