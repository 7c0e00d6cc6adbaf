package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.TestLedger;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which key signs for whom. */
class KeyRingTest {
    private static final String IMAGE = "registry.example.com/staging/shop:1";

    private static KeyEntry key(String name) {
        KeyEntry entry = new KeyEntry(name);
        entry.setPublicKey(SoftwareKey.generate().publicKey().pem());
        entry.setCredentialsId("credential-of-" + name);
        entry.setRoles(Arrays.asList(KeyRole.values()));
        return entry;
    }

    private static KeyRing ring(KeyEntry... keys) {
        return new KeyRing(
                List.of(keys), new SignatureLog(TestLedger.in(Path.of("none"))), new EndedKeys(Path.of("none")));
    }

    private static KeyRequest request(KeyRole role, String job, String image, RunKind... kinds) throws Exception {
        return new KeyRequest(role, job, ImageReference.parse(image), true, Set.of(kinds));
    }

    private static void assertRefused(KeyRing ring, String name, KeyRequest request, String... parts) {
        var refusal = assertThatThrownBy(() -> ring.find(Optional.ofNullable(name), request))
                .isInstanceOf(InvalidInputException.class);
        for (String part : parts) {
            refusal.hasMessageContaining(part);
        }
    }

    @Test
    void theFirstKeyThatFitsSigns() throws Exception {
        KeyEntry retired = key("old");
        retired.setState(KeyState.RETIRED);
        KeyEntry others = key("others");
        others.setFolders(List.of("other-team"));
        KeyRing ring = ring(retired, others, key("first"), key("second"));
        OfferedKey chosen = ring.find(Optional.empty(), request(KeyRole.IMAGE, "team/shop", IMAGE));
        assertThat(chosen.name()).isEqualTo("first");
        assertThat(ring.find(Optional.of("second"), request(KeyRole.IMAGE, "team/shop", IMAGE))
                        .name())
                .isEqualTo("second");
    }

    @Test
    void refusesAKeyThatIsNotOfferedToTheJobsFolder() throws Exception {
        KeyEntry release = key("release");
        release.setFolders(List.of("release"));
        assertRefused(
                ring(release),
                "release",
                request(KeyRole.IMAGE, "team/shop", IMAGE),
                "'release'",
                "[release]",
                "team/shop",
                "Manage Jenkins");
    }

    @Test
    void refusesAFolderWhoseNameOnlyBeginsLikeAnother() throws Exception {
        KeyEntry release = key("release");
        release.setFolders(List.of("team"));
        assertRefused(ring(release), "release", request(KeyRole.IMAGE, "team-two/shop", IMAGE), "team-two/shop");
        assertThat(ring(release)
                        .find(Optional.of("release"), request(KeyRole.IMAGE, "team/nested/shop", IMAGE))
                        .name())
                .isEqualTo("release");
    }

    @Test
    void doesNotNameKeysOfOtherFoldersToAJobThatNamesNoKey() throws Exception {
        KeyEntry secret = key("merger-with-acme");
        secret.setFolders(List.of("board"));
        KeyEntry ours = key("ours");
        ours.setRoles(List.of(KeyRole.TEST));
        assertThatThrownBy(() -> ring(secret, ours).find(Optional.empty(), request(KeyRole.IMAGE, "team/shop", IMAGE)))
                .hasMessageContaining("'ours' does not sign images")
                .hasMessageNotContaining("merger");
        assertThat(ring(secret, ours).offeredTo("team/shop")).containsExactly("ours");
    }

    @Test
    void refusesAKeyOfAnotherRole() throws Exception {
        KeyEntry tests = key("tests");
        tests.setRoles(List.of(KeyRole.TEST, KeyRole.SCAN));
        assertRefused(
                ring(tests),
                "tests",
                request(KeyRole.PROVENANCE, "team/shop", IMAGE),
                "does not sign provenance",
                "the role 'Provenance' (PROVENANCE in code)");
    }

    @Test
    void aKeyWithoutRolesSignsNothing() throws Exception {
        KeyEntry fresh = key("fresh");
        fresh.setRoles(List.of());
        for (KeyRole role : KeyRole.values()) {
            assertRefused(ring(fresh), "fresh", request(role, "team/shop", IMAGE), "'fresh'", role.name());
        }
    }

    @Test
    void refusesImagesThatTheKeyIsNotFor() throws Exception {
        KeyEntry release = key("release");
        release.setImages(List.of("registry.example.com/staging/*"));
        assertRefused(
                ring(release),
                "release",
                request(KeyRole.IMAGE, "team/shop", "registry.example.com/prod/shop:1"),
                "registry.example.com/prod/shop");
        assertThat(ring(release)
                        .find(Optional.empty(), request(KeyRole.IMAGE, "team/shop", IMAGE))
                        .name())
                .isEqualTo("release");
    }

    @Test
    void aReplayedOrInlinePipelineDoesNotGetTheReleaseKey() throws Exception {
        KeyEntry release = key("release");
        release.setAccepts(List.of(RunKind.FREESTYLE));
        for (RunKind kind : RunKind.marked()) {
            if (kind != RunKind.FREESTYLE) {
                assertRefused(
                        ring(release),
                        "release",
                        request(KeyRole.IMAGE, "team/shop", IMAGE, kind, RunKind.FREESTYLE),
                        kind.meaning(),
                        "accept " + kind.setting());
            }
        }
        assertThat(ring(release)
                        .find(
                                Optional.of("release"),
                                request(KeyRole.IMAGE, "team/shop", IMAGE, RunKind.FREESTYLE, RunKind.MULTIBRANCH))
                        .name())
                .isEqualTo("release");
    }

    @Test
    void refusesKeysThatNoLongerSign() throws Exception {
        KeyEntry retired = key("retired");
        retired.setState(KeyState.RETIRED);
        KeyEntry revoked = key("revoked");
        revoked.setState(KeyState.REVOKED);
        KeyEntry verifying = key("verifying");
        verifying.setCredentialsId("");
        KeyRing ring = ring(retired, revoked, verifying);
        KeyRequest request = request(KeyRole.IMAGE, "team/shop", IMAGE);
        assertRefused(ring, "retired", request, "is retired");
        assertRefused(ring, "revoked", request, "is revoked");
        assertRefused(ring, "verifying", request, "only verifies");
        assertRefused(ring, null, request, "is retired", "is revoked", "only verifies");
        assertRefused(ring, "absent", request, "there is no key 'absent'");
        assertRefused(ring(), null, request, "no key is offered to the job team/shop");
        assertThat(ring.offeredTo("team/shop")).isEmpty();
    }

    @Test
    void aRevokedKeyDoesNotSignUnderAnotherName() throws Exception {
        KeyEntry revoked = key("revoked");
        revoked.setState(KeyState.REVOKED);
        KeyEntry alias = key("alias");
        alias.setPublicKey(revoked.getPublicKey());
        assertRefused(
                ring(alias, revoked),
                "alias",
                request(KeyRole.IMAGE, "team/shop", IMAGE),
                "is permanently revoked, whatever its configuration says");
    }

    @Test
    void retiredKeysAreBelievedAndRevokedOnesOnlyByTheRecord() throws Exception {
        KeyEntry retired = key("retired");
        retired.setState(KeyState.RETIRED);
        KeyEntry revoked = key("revoked");
        revoked.setState(KeyState.REVOKED);
        assertThat(ring(key("active"), retired, revoked).trustedKeys())
                .extracting(TrustedKey::name, trusted -> trusted.revoked().isPresent())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("active", false),
                        org.assertj.core.groups.Tuple.tuple("retired", false),
                        org.assertj.core.groups.Tuple.tuple("revoked", true));
    }

    @Test
    void namesTheKeyWhoseDateCannotBeRead() {
        KeyEntry revoked = key("revoked");
        revoked.setState(KeyState.REVOKED);
        revoked.setEnded("yesterday");
        assertThatThrownBy(() -> ring(revoked).trustedKeys())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'revoked'");
    }

    @Test
    void aNameThatTheJobMayNotUseIsRefusedAlsoWhereNothingIsLeftToSign() throws Exception {
        KeyEntry others = key("others");
        others.setFolders(List.of("board"));
        KeyEntry retired = key("retired");
        retired.setState(KeyState.RETIRED);
        KeyRing ring = ring(key("release"), others, retired);
        ring.requireOffered("release", "team/shop");
        for (String name : List.of("nosuch", "others", "retired")) {
            assertThatThrownBy(() -> ring.requireOffered(name, "team/shop"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("there is no key '" + name + "' that the job team/shop may sign with")
                    .hasMessageContaining("it may use [release]");
        }
    }

    @Test
    void aKeyDoesNotShowItsPrivateHalf() {
        KeyEntry entry = key("release");
        assertThat(entry.toString()).isEqualTo("key 'release'");
    }
}
