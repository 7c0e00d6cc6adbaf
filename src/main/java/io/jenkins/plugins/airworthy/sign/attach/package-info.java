/**
 * Evidence of an image: finds what is attached to a digest, as referrers and under cosign's older tags, verifies it, and attaches new
 * evidence. Classes whose names begin with {@code Legacy} are about the older tags. The only maker of
 * {@link io.jenkins.plugins.airworthy.evidence.VerifiedEvidence}.
 */
package io.jenkins.plugins.airworthy.sign.attach;
