package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.key.EndedKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRing;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.ControllerLedger;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.TestLedger;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Attack 4: keys that were retired or revoked, but are configured as if they were not: by configuration as code, or
 * under another name.
 */
class EndedKeysTest extends Attack {
    private static final String WHY = "which is revoked, and not among the signatures recorded before that";

    private Path record;
    private ControllerLedger started;

    @BeforeEach
    void place() {
        record = folder.resolve("ended-keys.jsonl");
    }

    /** As a file of code sets the key up at every start. */
    private KeyEntry asCode(String name) {
        KeyEntry entry = new KeyEntry(name);
        entry.setPublicKey(release.publicKey().pem());
        entry.setCredentialsId("release-key");
        entry.setRoles(List.of(KeyRole.IMAGE));
        return entry;
    }

    private KeyRing ring(KeyEntry... entries) {
        ControllerLedger ledger = started == null ? TestLedger.in(folder) : started;
        return new KeyRing(List.of(entries), new SignatureLog(ledger), new EndedKeys(record));
    }

    private void end(KeyState state) throws AirworthyException {
        new EndedKeys(record).add(asCode("release"), state, NOW.minusSeconds(1_800), "alice");
    }

    private void believe(KeyEntry... entries) throws AirworthyException {
        keys.clear();
        keys.addAll(ring(entries).trustedKeys());
    }

    private void sign(KeyEntry entry) throws AirworthyException {
        ring(entry).signingKey(entry.getName(), KeyRole.IMAGE, "shop/cart", staged(), true, Set.of());
    }

    @Test
    void refusesRevokedKeyThatConfigurationCallsActive() throws Exception {
        believe(asCode("release"));
        sign(asCode("release"));
        end(KeyState.REVOKED);
        believe(asCode("release"));
        assertRefused("signature,provenance,tests,vulnerabilities,secrets", "signed with the key 'release', " + WHY);
        assertThatThrownBy(() -> sign(asCode("release")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "key 'release' is permanently revoked, whatever its configuration says: it no longer signs");
    }

    /** The policy's author believes that the key is new. */
    @Test
    void refusesRevokedKeyUnderAnotherName() throws Exception {
        end(KeyState.REVOKED);
        changePolicy("keys: [release]", "keys: [release-2027]");
        believe(asCode("release-2027"));
        assertRefused(
                "signature,provenance,tests,vulnerabilities,secrets", "signed with the key 'release-2027', " + WHY);
        assertThatThrownBy(() -> sign(asCode("release-2027"))).hasMessageContaining("is permanently revoked");
    }

    @Test
    void refusesRevokedKeyThatConfigurationCallsRetired() throws Exception {
        end(KeyState.REVOKED);
        KeyEntry retired = asCode("release");
        retired.setState(KeyState.RETIRED);
        believe(retired);
        assertRefused("signature,provenance,tests,vulnerabilities,secrets", WHY);
    }

    /** Who may write to the controller's disk claims, in the form of earlier versions, that the key signed before it was revoked. */
    @Test
    void refusesRevokedKeyWhoseSignatureWasWrittenIntoTheRecordByHand() throws Exception {
        TestLedger.in(folder).open();
        end(KeyState.REVOKED);
        for (Descriptor each : staging.referrers(image.digest())) {
            Files.writeString(
                    folder.resolve("signatures.jsonl"),
                    "{\"schemaVersion\":1,\"time\":\"" + NOW.minusSeconds(3_600)
                            + "\",\"run\":\"shop/cart#1\",\"digest\":\"" + image.digest() + "\",\"payload\":\""
                            + payload(each)
                            + "\",\"predicateType\":\"https://slsa.dev/provenance/v1\",\"key\":\"release\",\"fingerprint\":\""
                            + release.fingerprint() + "\"}\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        TestLedger.in(folder).close();
        started = TestLedger.fresh(folder);
        believe(asCode("release"));
        assertRefused("signature,provenance,tests,vulnerabilities,secrets", "signed with the key 'release', " + WHY);
    }

    /** It cannot be known what the key signed, so nothing is decided; before, the emptied record said that it signed nothing. */
    @Test
    void leavesImageUndecidedWhenTheLedgerWasEmptied() throws Exception {
        new SignatureLog(TestLedger.in(folder))
                .append(new SignatureLog.Entry(
                        NOW, "shop/cart#1", image.digest(), image.digest(), "x", "release", release.fingerprint()));
        end(KeyState.REVOKED);
        TestLedger.in(folder).close();
        for (String file : List.of("ledger/log", "ledger")) {
            Path gone = folder.resolve(file);
            Files.move(gone, folder.resolve("gone-" + gone.getFileName()));
            Files.createDirectories(folder.resolve("ledger"));
        }
        started = TestLedger.fresh(folder);
        believe(asCode("release"));
        assertUndecided("the record of signatures decides nothing");
    }

    private Digest payload(Descriptor evidence) throws Exception {
        for (VerifiedEvidence each : EvidenceReader.read(
                        staging, image.digest(), List.of(new TrustedKey("release", release.publicKey())))
                .verified()) {
            if (each.manifest().equals(evidence.digest())) {
                return Digest.of(each.statement().toBytes());
            }
        }
        throw new AssertionError("no evidence");
    }

    @Test
    void refusesToSignWithRetiredKeyThatConfigurationCallsActive() throws Exception {
        end(KeyState.RETIRED);
        assertThatThrownBy(() -> sign(asCode("release")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is permanently retired, whatever its configuration says: it no longer signs");
    }

    @Test
    void promotesImageThatRetiredKeySigned() throws Exception {
        end(KeyState.RETIRED);
        believe(asCode("release"));
        assertPromoted();
    }

    /** The unreadable line may be the revocation. */
    @Test
    void leavesKeysUndecidedWhenTheRecordOfEndedKeysIsUnreadable() throws Exception {
        end(KeyState.REVOKED);
        String line = Files.readString(record);
        Files.writeString(record, line.replace("REVOKED", "ACTIVE"));
        assertUnknown();
        Files.writeString(record, line.replace("\"schemaVersion\":1", "\"schemaVersion\":2"));
        assertUnknown();
        Files.writeString(record, "x\n" + line);
        assertUnknown();
        Files.delete(record);
        Files.createDirectory(record);
        assertUnknown();
    }

    private void assertUnknown() {
        assertThatThrownBy(() -> believe(asCode("release")))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining(record.toString())
                .hasMessageContaining("no key signs and no signature is believed");
        assertThatThrownBy(() -> sign(asCode("release"))).isInstanceOf(UndecidedException.class);
        assertThatThrownBy(() -> ring(asCode("release")).offeredTo("shop/cart")).isInstanceOf(UndecidedException.class);
    }

    /** Power fails while a line is written: it was not confirmed yet, and the lines before it still count. */
    @Test
    void keepsEndedKeysAfterACrashCutALineShort() throws Exception {
        end(KeyState.RETIRED);
        String line = Files.readString(record);
        Files.writeString(record, line.substring(0, line.length() / 2), StandardOpenOption.APPEND);
        assertThatThrownBy(() -> sign(asCode("release"))).hasMessageContaining("permanently retired");
        end(KeyState.REVOKED);
        assertThatThrownBy(() -> sign(asCode("release"))).hasMessageContaining("permanently revoked");
        assertThat(Files.readAllLines(record)).hasSize(2);
    }
}
