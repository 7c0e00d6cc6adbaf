package io.jenkins.plugins.airworthy.fuzz;

import io.jenkins.plugins.airworthy.NameFuzzTest;
import io.jenkins.plugins.airworthy.build.BuildFuzzTest;
import io.jenkins.plugins.airworthy.build.adopt.OutputFuzzTest;
import io.jenkins.plugins.airworthy.build.dockerfile.DockerfileFuzzTest;
import io.jenkins.plugins.airworthy.document.DocumentFuzzTest;
import io.jenkins.plugins.airworthy.evidence.EvidenceFuzzTest;
import io.jenkins.plugins.airworthy.evidence.sbom.SbomFuzzTest;
import io.jenkins.plugins.airworthy.image.ImageFuzzTest;
import io.jenkins.plugins.airworthy.image.registry.RegistryFuzzTest;
import io.jenkins.plugins.airworthy.jenkins.agent.AgentFuzzTest;
import io.jenkins.plugins.airworthy.jenkins.config.ConfigFuzzTest;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.OldRecordsFuzzTest;
import io.jenkins.plugins.airworthy.jenkins.run.origin.OriginFuzzTest;
import io.jenkins.plugins.airworthy.jenkins.run.record.RunFuzzTest;
import io.jenkins.plugins.airworthy.jenkins.ui.PageFuzzTest;
import io.jenkins.plugins.airworthy.policy.PolicyFuzzTest;
import io.jenkins.plugins.airworthy.recall.RecallFuzzTest;
import io.jenkins.plugins.airworthy.scan.ReportFuzzTest;
import io.jenkins.plugins.airworthy.sign.attach.BundleFuzzTest;
import io.jenkins.plugins.airworthy.sign.attach.LegacyFuzzTest;
import io.jenkins.plugins.airworthy.sign.key.KeyFuzzTest;
import io.jenkins.plugins.airworthy.sign.keyless.ServicesFuzzTest;
import io.jenkins.plugins.airworthy.sign.pkcs11.HardwareKeyFuzzTest;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreFuzzTest;
import io.jenkins.plugins.airworthy.testing.TestFilesFuzzTest;
import io.jenkins.plugins.airworthy.testing.files.LayerFuzzTest;
import io.jenkins.plugins.airworthy.testing.junit.JUnitFuzzTest;
import io.jenkins.plugins.airworthy.testing.structure.StructureFuzzTest;

import java.util.List;
import java.util.stream.Stream;

/** The targets of all rooms. */
final class AllTargets {
    private AllTargets() {}

    static List<Target> list() {
        return Stream.of(
                        BuildFuzzTest.targets(),
                        DockerfileFuzzTest.targets(),
                        OutputFuzzTest.targets(),
                        DocumentFuzzTest.targets(),
                        EvidenceFuzzTest.targets(),
                        SbomFuzzTest.targets(),
                        ImageFuzzTest.targets(),
                        RegistryFuzzTest.targets(),
                        AgentFuzzTest.targets(),
                        ConfigFuzzTest.targets(),
                        OldRecordsFuzzTest.targets(),
                        OriginFuzzTest.targets(),
                        RunFuzzTest.targets(),
                        PageFuzzTest.targets(),
                        PolicyFuzzTest.targets(),
                        RecallFuzzTest.targets(),
                        NameFuzzTest.targets(),
                        ReportFuzzTest.targets(),
                        BundleFuzzTest.targets(),
                        KeyFuzzTest.targets(),
                        LegacyFuzzTest.targets(),
                        ServicesFuzzTest.targets(),
                        HardwareKeyFuzzTest.targets(),
                        SigstoreFuzzTest.targets(),
                        TestFilesFuzzTest.targets(),
                        LayerFuzzTest.targets(),
                        JUnitFuzzTest.targets(),
                        StructureFuzzTest.targets())
                .flatMap(List::stream)
                .toList();
    }
}
