package io.jenkins.plugins.airworthy.jenkins.ui.run;

import hudson.model.Run;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class JobPageTest {
    @Test
    void aRunThatJenkinsCannotLoadIsPassedOver() {
        List<Run<?, ?>> runs = new ArrayList<>();
        runs.add(null);

        JobPage page = JobPage.of(runs);

        assertThat(page.promotions()).isEmpty();
        assertThat(page.looked()).isEqualTo(1);
    }
}
