package io.jenkins.plugins.airworthy.attacks;

import org.junit.jupiter.api.Test;

/** Attack 1: what the policy asks for is not there, or only looks as if it were. */
class MissingEvidenceTest extends Attack {
    @Test
    void noSignature() throws Exception {
        stageWithout(Piece.SIGNATURE);
        assertRefused(
                "signature", "signature: no signature about " + image.digest().abbreviated(), "by release");
    }

    @Test
    void noAttestation() throws Exception {
        stageWithout(Piece.SCAN);
        assertRefused(
                "vulnerabilities,secrets",
                "vulnerabilities on linux/amd64: no scan result about "
                        + image.digest().abbreviated());
    }
}
