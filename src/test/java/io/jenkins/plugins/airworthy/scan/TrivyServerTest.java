package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrivyServerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "trivy.example.com",
                "trivy.example.com:4954",
                "ftp://trivy.example.com",
                "file:///etc/passwd",
                "https://",
                "https:///path",
                "https://user:hunter2@trivy.example.com",
                "https://trivy.example.com?token=hunter2",
                "https://trivy.example.com#hunter2",
                "--config=evil",
                "https://trivy example.com"
            })
    void refusesMalformedAddressesWithoutQuotingThem(String address) {
        assertThatThrownBy(() -> TrivyServer.of(address, Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://trivy.example.com:4954", "http://10.0.0.1", "http://localhost.example.com"})
    void refusesToSendATokenUnencrypted(String address) {
        assertThatThrownBy(() -> TrivyServer.of(address, Optional.of("t0ken"))).hasMessageContaining("must be https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://trivy.example.com:4954/prefix", "http://localhost:4954", "http://[::1]:4954"})
    void takesATokenOverTlsOrLoopback(String address) throws Exception {
        assertThat(TrivyServer.of(address, Optional.of("t0ken")).address()).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "line\nbreak", "ümlaut"})
    void refusesATokenThatNoHeaderCanCarry(String token) {
        assertThatThrownBy(() -> TrivyServer.of("https://trivy.example.com", Optional.of(token)))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void neverShowsItsToken() throws Exception {
        assertThat(TrivyServer.of("https://trivy.example.com", Optional.of("t0ken")))
                .hasToString("https://trivy.example.com");
    }
}
