package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.key.SignatureRecord;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;

import java.util.Optional;

/** Attack 4: keys that are not trusted, or no longer trusted. */
class KeysTest extends Attack {
    @Test
    void rejectsSignatureByUnknownKey() throws Exception {
        stageWithout(Piece.SIGNATURE);
        Descriptor signature = sign(image, stranger);
        assertNoSignature(signature.digest(), "not signed by any trusted key");
    }

    /** The hint is not signed: it only says which key to try first. */
    @Test
    void rejectsSignatureByKeyThatClaimsToBeTheTrustedOne() throws Exception {
        stageWithout(Piece.SIGNATURE);
        ObjectNode bundle = Forge.bundle(signature(image).toBytes(), stranger);
        ObjectNode honest = Forge.bundle(signature(image).toBytes(), release);
        Forge.material(bundle).set("publicKey", Forge.material(honest).get("publicKey"));
        assertNoSignature(attach(image, bundle), "does not verify with the key it names (release)");
    }

    /** A key that is known here, and not trusted for this. */
    @Test
    void refusesSignatureByKeyThatThePolicyDoesNotName() throws Exception {
        stageWithout(Piece.SIGNATURE);
        keys.add(new TrustedKey("nightly", stranger.publicKey()));
        sign(image, stranger);
        assertRefused(
                "signature",
                "no signature about " + image.digest().abbreviated()
                        + " by release; there is one signed by key nightly," + " which this rule does not trust");
    }

    @Test
    void refusesImageWhenNoKeyIsGiven() throws Exception {
        keys.clear();
        assertRefused(
                "signature,provenance,tests,vulnerabilities,secrets", "no key was given that could have signed it");
    }

    /** Retired is not revoked: the key no longer signs, and its signatures stay valid. */
    @Test
    void promotesImageThatRetiredKeySigned() throws Exception {
        keys.add(new TrustedKey("next", stranger.publicKey()));
        changePolicy("{keys: [release], observed: build-agent}", "{keys: [next, release], observed: build-agent}");
        assertPromoted();
    }

    @Test
    void refusesUnrecordedSignatureOfRevokedKey() throws Exception {
        revoke((subject, payload) -> !payload.equals(Digest.of(signature(image).toBytes())));
        assertRefused("signature", "signed with the key 'release', which is revoked, and not among the signatures");
    }

    /** A thief can write any time into a statement; only a record that the thief could not write counts. */
    @Test
    void rejectsBackdatedSignatureOfRevokedKey() throws Exception {
        stageWithout(Piece.SIGNATURE);
        Descriptor backdated = attach(
                image,
                EvidenceWriter.signatureOf(subject(image), Optional.of(seen(NOW.minusSeconds(31_536_000)))),
                release);
        Digest payload =
                Digest.of(EvidenceWriter.signatureOf(subject(image), Optional.of(seen(NOW.minusSeconds(31_536_000))))
                        .toBytes());
        revoke((subject, signed) -> !signed.equals(payload));
        assertNoSignature(backdated.digest(), "signed with the key 'release', which is revoked");
    }

    @Test
    void promotesImageWithRecordedSignatureOfRevokedKey() throws Exception {
        revoke((subject, payload) -> subject.equals(image.digest()));
        assertPromoted();
    }

    @Test
    void refusesKeyThatIsRevokedUnderAnotherName() throws Exception {
        keys.add(new TrustedKey("old", release.publicKey(), Optional.of((subject, payload) -> false)));
        assertRefused(
                "signature,provenance,tests,vulnerabilities,secrets", "signed with the key 'old', which is revoked");
    }

    @Test
    void leavesImageUndecidedWhenTheRecordOfARevokedKeyIsUnreadable() throws Exception {
        revoke((subject, payload) -> {
            throw new UndecidedException("the record of signatures cannot be read");
        });
        assertUndecided("the record of signatures cannot be read");
    }

    private void revoke(SignatureRecord record) {
        keys.clear();
        keys.add(new TrustedKey("release", release.publicKey(), Optional.of(record)));
    }
}
