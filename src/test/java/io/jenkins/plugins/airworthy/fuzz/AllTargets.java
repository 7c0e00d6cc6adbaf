package io.jenkins.plugins.airworthy.fuzz;

import io.jenkins.plugins.airworthy.document.DocumentFuzzTest;
import io.jenkins.plugins.airworthy.evidence.EvidenceFuzzTest;
import io.jenkins.plugins.airworthy.image.ImageFuzzTest;
import io.jenkins.plugins.airworthy.policy.PolicyFuzzTest;
import io.jenkins.plugins.airworthy.policy.rule.NameFuzzTest;
import io.jenkins.plugins.airworthy.sign.BundleFuzzTest;
import io.jenkins.plugins.airworthy.sign.KeyFuzzTest;
import io.jenkins.plugins.airworthy.sign.keyless.ServicesFuzzTest;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreFuzzTest;

import java.util.List;
import java.util.stream.Stream;

/** The targets of all rooms. */
final class AllTargets {
    private AllTargets() {}

    static List<Target> list() {
        return Stream.of(
                        DocumentFuzzTest.targets(),
                        ImageFuzzTest.targets(),
                        EvidenceFuzzTest.targets(),
                        PolicyFuzzTest.targets(),
                        NameFuzzTest.targets(),
                        BundleFuzzTest.targets(),
                        KeyFuzzTest.targets(),
                        SigstoreFuzzTest.targets(),
                        ServicesFuzzTest.targets())
                .flatMap(List::stream)
                .toList();
    }
}
