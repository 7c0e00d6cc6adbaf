package io.jenkins.plugins.airworthy.jenkins.run.signing;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.jenkins.config.key.EndedKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRing;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.OfferedKey;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.TestLedger;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.run.record.ARun;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.run.record.Sighting;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.DIGEST;
import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which keys sign an image that a run adopted: whoever can name a digest can adopt it. */
class AdoptedSigningTest {
    private static final Set<RunKind> FROM_SCM = Set.of(RunKind.MULTIBRANCH);

    private static RecordedImage image(Sighting... sightings) {
        return new RecordedImage(
                SHOP,
                DIGEST,
                List.of(sightings),
                List.of(
                        ARun.pending(PredicateTypes.PROVENANCE, KeyRole.PROVENANCE, DIGEST, "provenance"),
                        ARun.pending(PredicateTypes.TEST_RESULT, KeyRole.TEST, DIGEST, "tests")),
                List.of());
    }

    private static RecordedImage adopted() {
        return image(ARun.adopted(1, SHOP));
    }

    /** A key that fits in every way; each test takes one thing away. */
    private static KeyEntry key() {
        KeyEntry entry = new KeyEntry("release");
        entry.setPublicKey(SoftwareKey.generate().publicKey().pem());
        entry.setCredentialsId("credential");
        entry.setRoles(List.of(KeyRole.values()));
        entry.setFolders(List.of("team"));
        entry.setImages(List.of(SHOP.repository()));
        entry.setAccepts(List.of(RunKind.ADOPTED));
        return entry;
    }

    private static Map<KeyRole, OfferedKey> keys(RecordedImage image, Set<RunKind> kinds, KeyEntry key)
            throws AirworthyException {
        KeyRing ring = new KeyRing(
                List.of(key), new SignatureLog(TestLedger.in(Path.of("none"))), new EndedKeys(Path.of("none")));
        return KeySelection.of(
                SigningPlan.of(image).toAccept(kinds),
                (role, toAccept) -> ring.signingKey(null, role, "team/shop", SHOP, image.built(), toAccept));
    }

    @Test
    void signsImageAndProvenanceWithAKeyThatAcceptsAdoptedImagesOfTheseFoldersAndNames() throws Exception {
        assertThat(keys(adopted(), FROM_SCM, key())).containsKeys(KeyRole.IMAGE, KeyRole.PROVENANCE, KeyRole.TEST);
    }

    @Test
    void refusesKeyThatDoesNotAcceptAdoptedImages() {
        KeyEntry key = key();
        key.setAccepts(List.copyOf(RunKind.marked()));

        assertThatThrownBy(() -> keys(adopted(), FROM_SCM, key))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a run that adopted its image from another builder")
                .hasMessageContaining("(ADOPTED in code)");
    }

    @Test
    void refusesKeyWithoutFolders() {
        KeyEntry key = key();
        key.setFolders(List.of());

        assertThatThrownBy(() -> keys(adopted(), FROM_SCM, key))
                .hasMessageContaining("signs adopted images only if it names both folders and images");
    }

    @Test
    void refusesKeyWithoutImages() {
        KeyEntry key = key();
        key.setImages(List.of());

        assertThatThrownBy(() -> keys(adopted(), FROM_SCM, key))
                .hasMessageContaining("only about images that the same run built");
    }

    @Test
    void aChangeRequestNeedsBothMarks() throws Exception {
        Set<RunKind> request = Set.of(RunKind.MULTIBRANCH, RunKind.CHANGE_REQUEST);
        KeyEntry key = key();

        assertThatThrownBy(() -> keys(adopted(), request, key)).hasMessageContaining("(CHANGE_REQUEST in code)");
        key.setAccepts(List.of(RunKind.CHANGE_REQUEST));
        assertThatThrownBy(() -> keys(adopted(), request, key)).hasMessageContaining("(ADOPTED in code)");
        key.setAccepts(List.of(RunKind.CHANGE_REQUEST, RunKind.ADOPTED));
        assertThat(keys(adopted(), request, key)).hasSize(3);
    }

    /** What was adopted once is not built afterwards, not even if the run builds the same bytes: its statements are there. */
    @Test
    void anImageThatWasAlsoBuiltStaysAdopted() {
        KeyEntry key = key();
        key.setAccepts(List.of());

        assertThatThrownBy(() -> keys(image(ARun.adopted(1, SHOP), ARun.built(2, SHOP)), FROM_SCM, key))
                .hasMessageContaining("(ADOPTED in code)");
    }

    @Test
    void aBuiltImageNeedsNoSuchKey() throws Exception {
        KeyEntry key = key();
        key.setAccepts(List.of());
        key.setImages(List.of());

        assertThat(keys(image(ARun.built(1, SHOP)), FROM_SCM, key)).hasSize(3);
    }
}
