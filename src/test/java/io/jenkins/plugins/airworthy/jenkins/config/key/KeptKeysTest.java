package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.Name;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A file of code deletes no key whose private half exists here alone. */
class KeptKeysTest {
    private static KeyEntry key(String name, SoftwareKey key) {
        KeyEntry entry = new KeyEntry(name);
        entry.setPublicKey(key.publicKey().pem());
        return entry;
    }

    private static KeyEntry madeHere(String name) {
        KeyEntry entry = key(name, SoftwareKey.generate());
        entry.setMadeHere(true);
        entry.setRoles(List.of(KeyRole.IMAGE));
        entry.setFolders(List.of("team"));
        return entry;
    }

    private static KeyEntry inCredential(String name) {
        KeyEntry entry = key(name, SoftwareKey.generate());
        entry.setCredentialsId("release-key");
        return entry;
    }

    @Test
    void aKeyThatWasMadeHereStaysAfterThoseOfTheFile() {
        KeyEntry own = madeHere("own");
        KeyEntry release = inCredential("release");
        KeptKeys kept = KeptKeys.of(List.of(release), List.of(own));
        assertThat(kept.keys()).containsExactly(release, own);
        assertThat(kept.notices()).singleElement().asString().contains("key 'own'", "it is kept");
        assertThat(KeptKeys.of(List.of(), List.of(own)).keys()).containsExactly(own);
    }

    @Test
    void removesKeysThatExistElsewhereToo() {
        KeptKeys kept = KeptKeys.of(List.of(), List.of(inCredential("release"), key("old", SoftwareKey.generate())));
        assertThat(kept.keys()).isEmpty();
        assertThat(kept.notices()).isEmpty();
    }

    @Test
    void anotherKeyOfTheSameNameMovesItAsideWithoutARole() {
        KeyEntry own = madeHere("release");
        KeyEntry release = inCredential("release");
        KeptKeys kept = KeptKeys.of(List.of(release), List.of(own));
        assertThat(kept.keys()).hasSize(2).first().isSameAs(release);
        KeyEntry aside = kept.keys().get(1);
        assertThat(aside.getName())
                .isEqualTo("release-" + KeyStates.fingerprint(own).orElseThrow().substring(0, 8));
        assertThat(aside.getPublicKey()).isEqualTo(own.getPublicKey());
        assertThat(aside.getRoles()).isEmpty();
        assertThat(aside.getFolders()).containsExactly("team");
        assertThat(aside.isMadeHere()).isTrue();
        assertThat(kept.notices()).singleElement().asString().contains(aside.getName(), "signs nothing");
        KeyEntry again = inCredential("release");
        assertThat(KeptKeys.of(List.of(again), kept.keys()).keys()).containsExactly(again, aside);
    }

    @Test
    void givesAMovedKeyAValidName() throws Exception {
        KeyEntry own = madeHere("r".repeat(Name.MAX_LENGTH));
        KeptKeys kept = KeptKeys.of(List.of(inCredential(own.getName())), List.of(own));
        assertThat(Name.require(kept.keys().get(1).getName(), "a key")).hasSize(Name.MAX_LENGTH);
    }

    @Test
    void keepsThePrivateHalfOfAKeyWhoseFileNamesOnlyThePublicHalf() {
        KeyEntry own = madeHere("release");
        KeyEntry written = new KeyEntry("release");
        written.setPublicKey(own.getPublicKey());
        written.setRoles(List.of(KeyRole.SCAN));
        KeptKeys kept = KeptKeys.of(List.of(written), List.of(own));
        assertThat(kept.keys()).containsExactly(written);
        assertThat(written.isMadeHere()).isTrue();
        assertThat(written.getRoles()).containsExactly(KeyRole.SCAN);
    }

    @Test
    void reportsNothingForAChangeOnAPage() {
        KeyEntry own = madeHere("own");
        KeptKeys kept = KeptKeys.of(List.of(own), List.of(own));
        assertThat(kept.keys()).containsExactly(own);
        assertThat(kept.notices()).isEmpty();
    }
}
