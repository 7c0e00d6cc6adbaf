package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore.SIGNED;

/** Attack 5, for signatures by a certificate: the time of signing, as authorities and logs state it. */
class SigningTimeTest extends KeylessAttack {
    @Test
    void rejectsIntegratedTimeInTheFuture() throws Exception {
        Instant tomorrow = NOW.plus(Duration.ofDays(1));
        sigstore.recorded = Optional.of(tomorrow);
        assertDisbelieved(bundle(), "was signed at " + tomorrow + ", which is in the future");
    }

    @Test
    void rejectsTimestampInTheFuture() throws Exception {
        sigstore.timed = NOW.plus(Duration.ofDays(1));
        sigstore.certified = sigstore.timed;
        assertDisbelieved(bundle(), "was signed at " + sigstore.timed + ", which is in the future");
    }

    /** Its clock may be at most this far ahead of ours. */
    @Test
    void promotesImageWithTimestampAheadByTheAllowedDifference() throws Exception {
        clock = Clock.fixed(NOW, ZoneOffset.UTC);
        sigstore.timed = NOW.plus(ClockSkew.MAX);
        sigstore.certified = sigstore.timed;
        assertBelieved(bundle());
    }

    @Test
    void rejectsTimestampOutsideTheTimeOfTheCertificate() throws Exception {
        sigstore.timed = SIGNED.plus(Duration.ofHours(1));
        assertDisbelieved(bundle(), "certificate: is valid from", "not at " + sigstore.timed);
    }

    @Test
    void rejectsIntegratedTimeOutsideTheTimeOfTheCertificate() throws Exception {
        sigstore.recorded = Optional.of(SIGNED.plus(Duration.ofHours(1)));
        assertDisbelieved(bundle(), "certificate: is valid from", "not at " + sigstore.recorded.get());
    }

    /** One good timestamp does not make up for another. */
    @Test
    void rejectsSecondTimestampOutsideTheTimeOfTheCertificate() throws Exception {
        ObjectNode bundle = bundle();
        sigstore.timed = SIGNED.plus(Duration.ofHours(1));
        assertDisbelieved(sigstore.timedAgain(bundle), "not at " + sigstore.timed);
    }

    @Test
    void rejectsTimestampAfterTheTrustInItsAuthorityEnded() throws Exception {
        trustedRoot = root -> end(root.get("timestampAuthorities").get(0), SIGNED.minusSeconds(1));
        assertDisbelieved(bundle(), "timestamp: its authority: the authority is trusted from", "not at " + SIGNED);
    }

    @Test
    void rejectsLogEntryAfterTheTrustInItsLogEnded() throws Exception {
        trustedRoot = root -> end(root.get("tlogs").get(0).get("publicKey"), SIGNED.minusSeconds(1));
        assertDisbelieved(bundle(), "log entry 0: its log is trusted from", "but it was signed at " + SIGNED);
    }

    @Test
    void rejectsTimestampByExpiredCertificate() throws Exception {
        sigstore.timestampsUntil = SIGNED.minusSeconds(1);
        assertDisbelieved(bundle(), "timestamp: its authority: is valid from 2020-01-01T00:00:00Z to");
    }

    @Test
    void rejectsTimestampOfAnotherSignature() throws Exception {
        ObjectNode bundle = bundle();
        ObjectNode other = bundle();
        material(bundle).set("timestampVerificationData", material(other).get("timestampVerificationData"));
        assertDisbelieved(bundle, "timestamp: is not about the bundle's signature");
    }

    @Test
    void rejectsTimestampByUntrustedAuthority() throws Exception {
        trustedRoot = root -> root.remove("timestampAuthorities");
        assertDisbelieved(bundle(), "timestamp: was signed by no authority that the trusted root names");
    }

    /** Named like the trusted one, and with a certificate that the trusted root does not hold. */
    @Test
    void rejectsTimestampByAuthorityWithAnotherCertificate() throws Exception {
        ObjectNode bundle = bundle();
        sigstore.timestampCertificate = Optional.empty();
        assertDisbelieved(bundle, "timestamp: its authority: its signature does not verify");
    }

    @Test
    void rejectsBundleWithTooManyTimestamps() throws Exception {
        ObjectNode bundle = bundle();
        for (int i = 0; i < SigstoreTrust.MAX_PROOFS; i++) {
            bundle = sigstore.timedAgain(bundle);
        }
        assertDisbelieved(bundle, "rfc3161Timestamps", "more than the allowed 8");
    }

    @Test
    void rejectsSignatureWithoutAnyTime() throws Exception {
        ObjectNode bundle = bundle();
        material(bundle).remove("timestampVerificationData");
        assertDisbelieved(bundle, "timestamp: no authority and no log says when it was signed");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 600})
    void promotesInTheFirstAndLastSecondOfTheCertificate(int before) throws Exception {
        sigstore.certified = SIGNED.minusSeconds(before);
        assertBelieved(bundle());
    }

    @Test
    void promotesInTheLastSecondOfAllAuthorities() throws Exception {
        sigstore.authorityUntil = SIGNED;
        sigstore.rootUntil = SIGNED;
        sigstore.timestampsUntil = SIGNED;
        assertBelieved(bundle());
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "end"})
    void promotesInTheFirstAndLastSecondOfTheTrustedRoot(String limit) throws Exception {
        trustedRoot = root -> {
            for (JsonNode holder : List.of(
                    root.get("timestampAuthorities").get(0),
                    root.get("certificateAuthorities").get(0),
                    root.get("tlogs").get(0).get("publicKey"))) {
                ((ObjectNode) holder.get("validFor")).put(limit, SIGNED.toString());
            }
        };
        assertBelieved(bundle());
    }

    private static void end(JsonNode holder, Instant time) {
        ((ObjectNode) holder.get("validFor")).put("end", time.toString());
    }
}
