/**
 * Evidence of an image: finds and verifies what is attached to a digest, as referrers and at cosign's older tags, and attaches new
 * evidence. Classes whose names begin with {@code Legacy} are about the older tags. Only this package creates
 * {@link io.jenkins.plugins.airworthy.evidence.VerifiedEvidence}.
 */
package io.jenkins.plugins.airworthy.sign.attach;
