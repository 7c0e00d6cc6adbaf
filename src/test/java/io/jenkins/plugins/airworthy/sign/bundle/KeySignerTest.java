package io.jenkins.plugins.airworthy.sign.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.attach.LegacyForge;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a key signs of a statement, and what it is never asked to sign. */
class KeySignerTest {
    private final SoftwareKey key = SoftwareKey.generate();
    private int asked;

    /** Counts how often it is used. */
    private final SigningKey counted = new SigningKey() {
        @Override
        public VerificationKey publicKey() {
            return key.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            asked++;
            return key.sign(message);
        }
    };

    private void assertRefused(Statement statement, EvidenceFormat format, String reason) {
        assertThatThrownBy(() -> new KeySigner(counted, format).sign(statement))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(reason);
        assertThat(asked).as("the key was asked").isZero();
    }

    @ParameterizedTest
    @EnumSource
    void saysWhoSignedWhatAndHowItIsStored(EvidenceFormat format) throws Exception {
        Statement statement = Forge.statement(Forge.IMAGE);
        SignedStatement signed = new KeySigner(key, format).sign(statement);
        assertThat(signed.key()).isEqualTo(key.publicKey());
        assertThat(signed.identity()).isEmpty();
        assertThat(signed.format()).isEqualTo(format);
        assertThat(signed.statement()).isEqualTo(statement);
        assertThat(signed.payload()).isEqualTo(Digest.of(statement.toBytes()));
        assertThat(key.publicKey().verify(DsseEnvelope.signedBytes(statement.toBytes()), signed.signature()))
                .isTrue();
    }

    /** A record of signatures names what a verifier finds, and in the older format that is no statement. */
    @Test
    void aSignatureInTheOlderFormatIsNamedByTheBytesThatWereSigned() throws Exception {
        SignedStatement signed = new KeySigner(key, EvidenceFormat.LEGACY).sign(LegacyForge.signature(Forge.IMAGE));
        assertThat(signed.payload()).isEqualTo(Digest.of(signed.stored()));
        assertThat(key.publicKey().verify(signed.stored(), signed.signature())).isTrue();
        assertThat(SimpleSigning.parse(signed.stored(), "the signature")).isEqualTo(LegacyForge.signature(Forge.IMAGE));
    }

    @Test
    void itsResultCannotBeChanged() throws Exception {
        SignedStatement signed = new KeySigner(key).sign(Forge.statement(Forge.IMAGE));
        byte[] stored = signed.stored();
        Arrays.fill(signed.stored(), (byte) 0);
        Arrays.fill(signed.signature(), (byte) 0);
        assertThat(signed.stored()).isEqualTo(stored);
        assertThat(signed.signature()).isNotEqualTo(new byte[signed.signature().length]);
    }

    /** Evidence that is there and that nobody can read would keep its image from being promoted for ever. */
    @ParameterizedTest
    @EnumSource
    void signsNothingThatIsNestedTooDeeplyToBeReadAgain(EvidenceFormat format) throws Exception {
        ObjectNode predicate = StrictJson.object();
        ObjectNode innermost = predicate;
        for (int depth = 1; depth < StrictJson.MAX_DEPTH; depth++) {
            innermost = innermost.putObject("a");
        }
        StrictJson.parseObject(StrictJson.write(predicate), "the predicate alone", Statement.MAX_BYTES);
        Statement statement = new Statement(
                Forge.statement(Forge.IMAGE).subject(), Optional.empty(), "https://example.com/deep/v1", predicate);
        assertRefused(statement, format, "could not be read again");
    }

    @Test
    void signsNothingThatIsTooLargeToBeReadAgain() {
        Statement statement = Forge.statement(Forge.IMAGE, "x".repeat(Statement.MAX_BYTES));
        assertRefused(statement, EvidenceFormat.BUNDLE, "at most 33554432 can be read again");
    }

    @Test
    void refusesAPredicateInTheOlderFormat() {
        Statement more = new Statement(
                LegacyForge.signature(Forge.IMAGE).subject(),
                Optional.empty(),
                PredicateTypes.COSIGN_SIGNATURE,
                StrictJson.object().put("approved", true));
        assertRefused(more, EvidenceFormat.LEGACY, "states only the image's digest");
    }

    @Test
    void requiresARepositoryInTheOlderFormat() {
        Subject nameless = new Subject(Optional.empty(), Forge.IMAGE.digest());
        assertRefused(EvidenceWriter.signatureOf(nameless, Optional.empty()), EvidenceFormat.LEGACY, "none was given");
    }
}
