package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StatementToSignTest {
    @Test
    void isWhatTheWriterAsksAKeyToSign() throws InvalidInputException {
        byte[] payload = bytes("{\"a key\": \"that reads\", \"what it signs\": 1}");

        assertThat(EvidenceWriter.payloadToSign(DsseEnvelope.signedBytes(payload)))
                .isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "anything",
                "DSSEv1 28 application/vnd.in-toto+json 2 {} ",
                "DSSEv1 28 application/vnd.in-toto+json 3 {}",
                "DSSEv1 28 application/vnd.in-toto+json 02 {}",
                "DSSEv1 29 application/vnd.in-toto+json 2 {}",
                "DSSEv2 28 application/vnd.in-toto+json 2 {}",
                "DSSEv1 10 text/plain 2 {}",
                "DSSEv1 28 application/vnd.in-toto+json 2"
            })
    void isNothingElse(String message) {
        assertThatThrownBy(() -> EvidenceWriter.payloadToSign(bytes(message)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no statement");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
