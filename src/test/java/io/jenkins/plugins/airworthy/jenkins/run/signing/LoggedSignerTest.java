package io.jenkins.plugins.airworthy.jenkins.run.signing;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.jenkins.config.OfferedKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRing;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.OfferedKey;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.TestLedger;
import io.jenkins.plugins.airworthy.jenkins.run.record.ARun;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.run.record.SignatureEntry;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.NOW;
import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How a signature is made and attached: recorded first, of the right type only, about the image only. */
class LoggedSignerTest {
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final SoftwareKey key = SoftwareKey.generate();
    private int certified;
    private LayoutStore store;
    private Manifest image;
    private ImageReference reference;
    private Path log;

    @BeforeEach
    void build() throws Exception {
        reference = ImageReference.parse("oci:" + folder.resolve("app") + ":1");
        store = LayoutStore.open((LayoutReference) reference);
        image = Samples.image(store, "linux/amd64", "content");
        store.tag("1", image);
        log = folder.resolve("record");
    }

    private LoggedSigner key(KeyRole role) {
        return key(role, EvidenceFormat.BUNDLE);
    }

    private LoggedSigner key(KeyRole role, EvidenceFormat format) {
        return logged(OfferedKeys.key("release", role, key.publicKey()), new KeySigner(key, format));
    }

    private LoggedSigner identity(KeyRole role) {
        return logged(OfferedKeys.identity("ci", role), statement -> {
            certified++;
            return Forge.certified(statement, key);
        });
    }

    private LoggedSigner logged(OfferedKey offered, StatementSigner signer) {
        return new LoggedSigner(
                offered, signer, "team/shop#7", reference.repository(), new SignatureLog(TestLedger.in(log)), CLOCK);
    }

    private SignatureEntry attach(Statement statement, LoggedSigner with)
            throws AirworthyException, InterruptedException {
        RecordedImage recorded = ARun.image(reference, image.digest(), ARun.built(1, reference));
        return Signing.of(store, recorded, CLOCK).attach(statement, with);
    }

    @Test
    void everySignatureIsRecordedAndAttached() throws Exception {
        Statement tests = ARun.tests(image.digest(), "unit");
        SignatureEntry made = attach(tests, key(KeyRole.TEST));
        assertThat(store.referrers(image.digest())).singleElement().satisfies(found -> assertThat(found.digest())
                .isEqualTo(made.evidence()));
        assertThat(new SignatureLog(TestLedger.in(log)).about(image.digest()))
                .containsExactly(new SignatureLog.Entry(
                        NOW,
                        "team/shop#7",
                        image.digest(),
                        Digest.of(tests.toBytes()),
                        PredicateTypes.TEST_RESULT,
                        "release",
                        key.fingerprint(),
                        SignatureLog.Details.of(tests, false, reference.repository())));
        assertThat(made.payload()).isEqualTo(Digest.of(tests.toBytes()));
    }

    /** The record is what is left of a key once it is revoked, so it holds signatures of either format. */
    @Test
    void signaturesInTheOlderFormatAreRecordedAsARevokedKeyNeedsThem() throws Exception {
        Subject subject = new Subject(Optional.of("team/app"), image.digest());
        attach(
                EvidenceWriter.signatureOf(subject, Optional.of(new Observation(Observer.CONTROLLER, NOW))),
                key(KeyRole.IMAGE, EvidenceFormat.LEGACY));
        attach(ARun.tests(image.digest(), "unit"), key(KeyRole.TEST, EvidenceFormat.LEGACY));
        List<SignatureLog.Entry> recorded = new SignatureLog(TestLedger.in(log)).last(10);
        TrustedKey revoked =
                new TrustedKey("release", key.publicKey(), Optional.of((about, payload) -> recorded.stream()
                        .anyMatch(entry ->
                                entry.digest().equals(about) && entry.payload().equals(payload))));
        assertThat(store.referrers(image.digest())).isEmpty();
        assertThat(EvidenceReader.read(store, image.digest(), List.of(revoked)).verified())
                .hasSize(2);
    }

    /** It has another key for each signature, so that the record has to name the one that signed. */
    @Test
    void everySignatureOfAnIdentityIsRecordedWithItsOwnKey() throws Exception {
        Statement tests = ARun.tests(image.digest(), "unit");
        SignatureEntry made = attach(tests, identity(KeyRole.TEST));
        assertThat(made.fingerprint()).isEqualTo(key.fingerprint());
        assertThat(new SignatureLog(TestLedger.in(log)).about(image.digest()))
                .containsExactly(new SignatureLog.Entry(
                        NOW,
                        "team/shop#7",
                        image.digest(),
                        Digest.of(tests.toBytes()),
                        PredicateTypes.TEST_RESULT,
                        "ci",
                        key.fingerprint(),
                        SignatureLog.Details.of(tests, true, reference.repository())));
    }

    @Test
    void attachesNothingWhenItCannotBeRecorded() throws Exception {
        Files.writeString(log, "a file where the folder should be");
        for (LoggedSigner signer : List.of(key(KeyRole.TEST), identity(KeyRole.TEST))) {
            assertThatThrownBy(() -> attach(ARun.tests(image.digest(), "unit"), signer))
                    .isInstanceOf(AirworthyException.class);
        }
        assertThat(store.referrers(image.digest())).isEmpty();
    }

    /** The record lists what was signed; the gate would miss a signature that is recorded and never attached. */
    @Test
    void aSignatureThatDoesNotVerifyIsNeitherRecordedNorGivenOut() {
        SoftwareKey other = SoftwareKey.generate();
        SigningKey faulty = new SigningKey() {
            @Override
            public VerificationKey publicKey() {
                return key.publicKey();
            }

            @Override
            public byte[] sign(byte[] message) {
                return other.sign(message);
            }
        };
        LoggedSigner signer = logged(OfferedKeys.key("release", KeyRole.TEST, key.publicKey()), new KeySigner(faulty));
        assertThatThrownBy(() -> attach(ARun.tests(image.digest(), "unit"), signer))
                .hasMessageContaining("does not verify");
        assertThat(log).doesNotExist();
    }

    @Test
    void aRoleSignsNoOtherType() throws Exception {
        Statement scan = ARun.statement(PredicateTypes.VULNERABILITIES, image.digest(), Observer.CONTROLLER, "clean");
        for (KeyRole role : KeyRole.values()) {
            if (role != KeyRole.SCAN) {
                for (LoggedSigner signer : List.of(key(role), identity(role))) {
                    assertThatThrownBy(() -> attach(scan, signer)).hasMessageContaining("does not sign statements");
                }
            }
        }
        assertThat(store.referrers(image.digest())).isEmpty();
        assertThat(log).doesNotExist();
        assertThat(certified).as("certificates that were asked for").isZero();
    }

    @Test
    void aStatementAboutAnotherImageIsNotAttached() {
        assertThatThrownBy(() -> attach(ARun.tests(OTHER, "unit"), key(KeyRole.TEST)))
                .hasMessageContaining("does not belong to");
        assertThat(log).doesNotExist();
    }

    @Test
    void aStatementAboutOnePlatformIsAttachedToThatPlatform() throws Exception {
        Manifest child = image;
        image = Samples.put(
                store,
                Samples.index(child.descriptor()
                        .with(io.jenkins.plugins.airworthy.image.manifest.Platform.parse("linux/amd64"))));
        attach(ARun.tests(child.digest(), "unit"), key(KeyRole.TEST));
        assertThat(store.referrers(child.digest())).hasSize(1);
        assertThat(store.referrers(image.digest())).isEmpty();
    }

    @Test
    void noObjectWithAKeyCanBeSentToAnAgent() {
        assertThat(List.of(
                        LoggedSigner.class,
                        KeySigner.class,
                        SoftwareKey.class,
                        OfferedKey.class,
                        KeyRing.class,
                        KeyEntry.class))
                .noneMatch(Serializable.class::isAssignableFrom);
    }

    @Test
    void showsNothingOfTheKey() {
        assertThat(key(KeyRole.IMAGE)).hasToString("key 'release'");
        assertThat(identity(KeyRole.IMAGE)).hasToString("identity 'ci'");
    }
}
