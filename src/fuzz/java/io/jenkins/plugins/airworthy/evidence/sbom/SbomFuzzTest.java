package io.jenkins.plugins.airworthy.evidence.sbom;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** Bills of materials: every package is found by its name, and no expression that names a denied licence is allowed by mistake. */
public final class SbomFuzzTest {
    private static final String CYCLONEDX = """
            {"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"container","name":"r/a"}},
             "components":[{"type":"library","group":"@acme","name":"lib","version":"1.0","purl":"pkg:npm/%40acme/lib@1.0",
              "licenses":[{"license":{"id":"MIT"}},{"expression":"MIT OR (AGPL-3.0-only AND ISC)"}],
              "components":[{"type":"library","name":"inner","licenses":[{"license":{"name":"own"}}]}]}]}""";
    private static final String SPDX = """
            {"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"a","packages":[{"SPDXID":"SPDXRef-1","name":"lib",
             "versionInfo":"1.0","licenseDeclared":"MIT","licenseConcluded":"NOASSERTION","primaryPackagePurpose":"LIBRARY",
             "externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:maven/org.example/lib@1.0"}]}]}""";
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    @TestFactory
    Stream<DynamicTest> everyBillIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("sbom", Form.JSON, SbomFuzzTest::readBill)
                        .names("https://")
                        .seeds(CYCLONEDX, SPDX)
                        .words("purl", "components", "packages", "%2F", "pkg:npm/", "NOASSERTION", "licenses"),
                Target.ofText("licence", SbomFuzzTest::readLicence)
                        .seeds("MIT", "MIT OR (AGPL-3.0-only AND ISC)", "GPL-2.0-only WITH Classpath-exception-2.0")
                        .words("AND", "or", "WITH", "(", ")", "+", "AGPL-3.0-only", "LicenseRef-x"));
    }

    private static void readBill(byte[] bytes) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(bytes, "https://bill", MAX_BYTES);
        String type = json.has("bomFormat") ? PredicateTypes.CYCLONEDX : PredicateTypes.SPDX;
        Sbom sbom = Sbom.parse(
                new Statement(new Subject(Optional.empty(), Digest.of(bytes)), Optional.empty(), type, json.node()));
        for (SbomPackage each : sbom.packages()) {
            hold(each.identity().isPresent() || !each.name().isBlank(), "a package without any name");
            each.identity()
                    .ifPresent(name -> hold(sbom.of(name.anyVersion()).contains(each), "a package is not found"));
        }
    }

    private static void readLicence(String text) {
        LicenceExpression.Judgement all = LicenceExpression.judge(text, id -> true);
        hold(all != LicenceExpression.Judgement.ALLOWED, "allowed although everything is denied");
        LicenceExpression.Judgement none = LicenceExpression.judge(text, id -> false);
        hold(none != LicenceExpression.Judgement.DENIED, "denied although nothing is");
    }
}
