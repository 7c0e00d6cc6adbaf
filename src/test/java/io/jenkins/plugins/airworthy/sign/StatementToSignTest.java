package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StatementToSignTest {
    @Test
    void isWhatTheWriterAsksAKeyToSign() throws InvalidInputException {
        byte[] payload = Forge.statement(Forge.IMAGE).toBytes();
        StatementToSign asked = StatementToSign.of(DsseEnvelope.signedBytes(payload));
        assertThat(asked.statement()).isEqualTo(Forge.statement(Forge.IMAGE));
        assertThat(asked.payload()).isEqualTo(Digest.of(payload));
    }

    @Test
    void isASignatureInTheOlderFormat() throws InvalidInputException {
        byte[] payload = SimpleSigning.write(LegacyForge.signature(Forge.IMAGE), "registry.example.com/team/app");
        StatementToSign asked = StatementToSign.of(payload);
        assertThat(asked.statement()).isEqualTo(LegacyForge.signature(Forge.IMAGE));
        assertThat(asked.payload()).isEqualTo(Digest.of(payload));
    }

    /** What is optional is signed too, and nobody here has read it. */
    @Test
    void isNoSignatureThatSaysMore() {
        String payload = new String(
                        SimpleSigning.write(LegacyForge.signature(Forge.IMAGE), "registry.example.com/team/app"),
                        StandardCharsets.UTF_8)
                .replace("\"optional\":{", "\"optional\":{\"approved\":true,");
        assertThatThrownBy(() -> StatementToSign.of(bytes(payload)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("says more");
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
        assertThatThrownBy(() -> StatementToSign.of(bytes(message)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("(?s).*(no statement|the statement to sign).*");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
