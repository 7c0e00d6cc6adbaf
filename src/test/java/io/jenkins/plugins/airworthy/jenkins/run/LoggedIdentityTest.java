package io.jenkins.plugins.airworthy.jenkins.run;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.SignatureLog;
import io.jenkins.plugins.airworthy.sign.EvidenceSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An identity signs no more than a key of the same role would. */
class LoggedIdentityTest {
    @TempDir
    private Path folder;

    private final List<byte[]> asked = new ArrayList<>();
    private byte[] bundle = "{}".getBytes(StandardCharsets.UTF_8);

    private LoggedIdentity identity(KeyRole role) {
        EvidenceSigner signer = (payload, what) -> {
            asked.add(payload);
            return bundle;
        };
        return new LoggedIdentity(
                signer, "ci", role, "job#1", "registry.example.com/app", log(), InstantSource.system());
    }

    private SignatureLog log() {
        return new SignatureLog(folder.resolve("signatures.jsonl"));
    }

    private static byte[] statement(String type) throws Exception {
        Subject subject = new Subject(Optional.of("registry.example.com/app"), Digest.of(new byte[1]));
        return new Statement(subject, Optional.empty(), type, StrictJson.object()).toBytes();
    }

    @Test
    void signsOnlyWhatItsRoleIsFor() throws Exception {
        byte[] scan = statement(PredicateTypes.VULNERABILITIES);
        assertThatThrownBy(() -> identity(KeyRole.IMAGE).signStatement(scan, "a scan"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("does not sign statements of the type");
        assertThatThrownBy(() -> identity(KeyRole.APPROVAL).signStatement(scan, "a scan"))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> identity(KeyRole.IMAGE).signStatement(new byte[] {1}, "bytes"))
                .isInstanceOf(InvalidInputException.class);
        assertThat(asked).as("nobody was asked for a certificate").isEmpty();
    }

    @Test
    void givesOutNothingThatIsNotRecorded() throws Exception {
        byte[] signature = statement(PredicateTypes.COSIGN_SIGNATURE);
        for (String answer : List.of(
                "{}",
                "{\"verificationMaterial\": {\"certificate\": {\"rawBytes\": \"AAAA\"}}}",
                "{\"verificationMaterial\": {\"certificate\": {\"rawBytes\": \"?\"}}}")) {
            bundle = answer.getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> identity(KeyRole.IMAGE).signStatement(signature, "an image"))
                    .as(answer)
                    .isInstanceOf(InvalidInputException.class);
        }
        assertThat(log().last(10)).isEmpty();
    }
}
