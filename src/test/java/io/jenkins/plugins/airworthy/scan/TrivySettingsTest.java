package io.jenkins.plugins.airworthy.scan;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrivySettingsTest {
    private static final Path TRIVY = Path.of("trivy").toAbsolutePath();

    @Test
    void keepsOnlyProxiesAndAuthoritiesOfAnEnvironment() {
        TrivySettings settings = settings(
                Map.of(
                        "HTTPS_PROXY", "http://user:hunter2@proxy.example.com",
                        "no_proxy", "localhost",
                        "SSL_CERT_FILE", "/etc/ca.pem",
                        "TRIVY_SEVERITY", "LOW",
                        "PATH", "/evil",
                        "LD_PRELOAD", "/evil.so",
                        "AWS_SECRET_ACCESS_KEY", "hunter2"),
                Duration.ofMinutes(1));

        assertThat(settings.network()).containsOnlyKeys("HTTPS_PROXY", "no_proxy", "SSL_CERT_FILE");
        assertThat(settings.toString()).doesNotContain("hunter2");
    }

    @Test
    void limitsTheTimeLimit() {
        for (Duration wrong :
                new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), TrivySettings.MAX_TIME_LIMIT.plusMillis(1)}) {
            assertThatThrownBy(() -> settings(Map.of(), wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aRelativeCacheFolderIsMadeAbsoluteBeforeTrivyRunsElsewhere() {
        assertThat(settings(Map.of(), Duration.ofMinutes(1)).cache())
                .isEqualTo(Path.of("cache").toAbsolutePath());
    }

    private static TrivySettings settings(Map<String, String> environment, Duration limit) {
        return new TrivySettings(
                new TrivyExecutable(TRIVY), Path.of("cache"), true, Optional.empty(), environment, limit);
    }
}
