package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.Digest;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.sign.Forge.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a stolen key still proves. */
class RevokedKeyTest extends AttackedImage {
    private static final Digest RECORDED = Digest.of(PAYLOAD);

    private EvidenceFound readWhere(SignatureRecord record) throws Exception {
        return EvidenceReader.read(
                store, IMAGE.digest(), List.of(new TrustedKey("release", KEY.publicKey(), Optional.of(record))));
    }

    private void attach() throws Exception {
        EvidenceWriter.attach(store, IMAGE, Forge.statement(IMAGE), KEY, Clock.systemUTC());
    }

    @Test
    void believesASignatureThatWasRecordedBeforeTheKeyWasRevoked() throws Exception {
        attach();
        EvidenceFound found =
                readWhere((subject, payload) -> subject.equals(IMAGE.digest()) && payload.equals(RECORDED));
        assertThat(found.verified()).hasSize(1);
        assertThat(found.rejected()).isEmpty();
    }

    @Test
    void refusesABackdatedSignatureOfAStolenKey() throws Exception {
        attach();
        // The statement may claim any time: only the record counts.
        EvidenceFound found = readWhere((subject, payload) -> false);
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected()).hasSize(1);
        assertThat(found.rejected().get(0).reason())
                .contains("'release'", "revoked", "not among the signatures recorded");
    }

    @Test
    void aKeyThatIsRevokedUnderOneNameIsRevokedUnderEveryName() throws Exception {
        attach();
        EvidenceFound found = EvidenceReader.read(
                store,
                IMAGE.digest(),
                List.of(
                        new TrustedKey("alias", KEY.publicKey()),
                        new TrustedKey("release", KEY.publicKey(), Optional.of((subject, payload) -> false))));
        assertThat(found.verified()).isEmpty();
    }

    @Test
    void decidesNothingWhereTheRecordCannotBeRead() throws Exception {
        attach();
        SignatureRecord broken = (subject, payload) -> {
            throw new UndecidedException("the record of signatures could not be read");
        };
        assertThatThrownBy(() -> readWhere(broken)).isInstanceOf(UndecidedException.class);
    }

    @Test
    void theRecordIsAskedForTheBytesThatWereSigned() throws Exception {
        Statement statement = Forge.statement(IMAGE);
        EvidenceWriter.attach(store, IMAGE, statement, KEY, Clock.systemUTC());
        EvidenceFound found = readWhere((subject, payload) -> payload.equals(Digest.of(statement.toBytes())));
        assertThat(found.verified()).hasSize(1);
    }
}
