package io.jenkins.plugins.airworthy.gate.cases;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * A question to a policy, with the answer that its author expects.
 *
 * @param image as a user would ask for it; it is read from {@code saved} and from nowhere else
 * @param time the moment of the verdict, which may lie in the past or the future
 * @param saved an OCI image layout without layers
 */
public record PolicyCase(
        String name,
        ImageReference image,
        Optional<ImageReference> target,
        Instant time,
        List<TrustedKey> keys,
        Optional<CertificateTrust> certificates,
        Path saved,
        ExpectedVerdict expected) {
    public PolicyCase {
        keys = List.copyOf(keys);
    }

    /**
     * Judges the saved image by the gate, which verifies every signature and digest again.
     *
     * @param limit how long that may take
     * @throws AirworthyException if there is no verdict, because something that is saved is damaged or missing
     */
    public Judged judge(Policy policy, Duration limit) throws AirworthyException, InterruptedException {
        LayoutReference folder = new LayoutReference(saved, Optional.empty(), Optional.empty());
        Gate gate = new Gate(any -> LayoutStore.open(folder), Clock.fixed(time, ZoneOffset.UTC), limit);
        return gate.verify(new VerifyRequest(image, target, policy, keys, certificates), Progress.SILENT);
    }
}
