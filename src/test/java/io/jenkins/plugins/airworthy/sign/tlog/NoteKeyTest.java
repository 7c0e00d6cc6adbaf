package io.jenkins.plugins.airworthy.sign.tlog;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NoteKeyTest {
    /** From the specification of signed notes. */
    private static final String EXAMPLE = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static final String ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    @Test
    void readsTheExampleOfTheSpecification() throws Exception {
        NoteKey key = NoteKey.parse(EXAMPLE + "\n", "key");
        assertThat(key.name()).isEqualTo("example.com/foo");
        assertThat(key.text()).isEqualTo(EXAMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com/foo",
                "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4",
                "example.com/foo+530d903a+====",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
            })
    void refusesWhatIsNoVerifierKey(String text) {
        assertThatThrownBy(() -> NoteKey.parse(text, "the key file"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("the key file: ");
    }

    @Test
    void opensWhatItsPrivateHalfSigned() throws Exception {
        NoteSigner signer = NoteSigner.generate("example.com/log");
        NoteKey key = NoteKey.parse(signer.publicKey().text(), "key");
        String note = signer.sign("example.com/log", "example.com/log\n0\n" + ROOT + "\n");
        assertThat(key.open(note, "checkpoint").size()).isZero();
        NoteSigner again = NoteSigner.of("example.com/log", signer.encoded(), "key");
        assertThat(again.sign("example.com/log", "example.com/log\n0\n" + ROOT + "\n"))
                .isEqualTo(note);
        assertThat(again.secret("a")).isEqualTo(signer.secret("a")).isNotEqualTo(signer.secret("b"));
    }

    @Test
    void knowsItsLogAfterItWasContinued() throws Exception {
        NoteSigner signer = NoteSigner.generate("example.com/log");
        NoteKey key = signer.publicKey();
        String note = signer.sign("example.com/log#2", "example.com/log#2\n0\n" + ROOT + "\n");
        assertThat(key.continuation(key.open(note, "checkpoint").origin())).isEqualTo(2);
        assertThat(key.continuation("example.com/log#1")).isZero();
        assertThat(key.continuation("example.com/log#02")).isZero();
        assertThat(key.continuation("example.com/logs")).isZero();
    }

    @Test
    void refusesTheCheckpointOfAnotherLogAndKey() throws Exception {
        NoteSigner signer = NoteSigner.generate("example.com/log");
        String body = "example.com/log\n1\n" + ROOT + "\n";
        NoteKey other = NoteSigner.generate("example.com/log").publicKey();
        assertThatThrownBy(() -> other.open(signer.sign("example.com/log", body), "checkpoint"))
                .hasMessageContaining("has no signature of the log example.com/log");
        String foreign = signer.sign("example.com/log", "example.com/other\n1\n" + ROOT + "\n");
        assertThatThrownBy(() -> signer.publicKey().open(foreign, "checkpoint"))
                .hasMessageContaining("its origin is 'example.com/other'");
        String edited = signer.sign("example.com/log", body).replace("\n1\n", "\n2\n");
        assertThatThrownBy(() -> signer.publicKey().open(edited, "checkpoint")).hasMessageContaining("does not verify");
    }

    @Test
    void refusesNamesThatANoteCannotHave() {
        for (String name : new String[] {"", "a b", "a+b", "a#2", "ä", "x".repeat(201)}) {
            assertThatThrownBy(() -> NoteSigner.generate(name)).hasMessageContaining("cannot be the name of a ledger");
        }
    }
}
