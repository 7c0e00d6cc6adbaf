package io.jenkins.plugins.airworthy;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CountTest {
    @Test
    void usesTheSingularForOneAlone() {
        assertThat(Count.of(0, "layer")).isEqualTo("0 layers");
        assertThat(Count.of(1, "layer")).isEqualTo("1 layer");
        assertThat(Count.of(2, "vulnerability", "vulnerabilities")).isEqualTo("2 vulnerabilities");
    }
}
