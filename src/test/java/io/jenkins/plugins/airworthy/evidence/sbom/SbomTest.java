package io.jenkins.plugins.airworthy.evidence.sbom;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The packages that a bill of materials lists. */
class SbomTest {
    @Test
    void listsComponentsWhereverTheyAre() throws InvalidInputException {
        Sbom sbom = cycloneDx("""
                {"bomFormat": "CycloneDX", "specVersion": "1.6",
                 "metadata": {"component": {"type": "container", "name": "shop", "purl": "pkg:oci/shop@sha256%3Aaa"},
                              "tools": {"components": [{"type": "application", "name": "scanner"}]}},
                 "components": [
                   {"type": "operating-system", "name": "debian", "version": "12"},
                   {"type": "library", "group": "org.example", "name": "lib", "version": "1.0",
                    "purl": "pkg:maven/org.example/lib@1.0",
                    "licenses": [{"license": {"id": "MIT"}}, {"license": {"name": "My Licence"}}],
                    "components": [{"type": "library", "name": "shaded", "purl": "pkg:maven/org.example/shaded@2",
                                    "licenses": [{"expression": "MIT OR Apache-2.0"}]}]},
                   {"type": "library", "name": "left-pad", "version": "1"}]}""");
        assertThat(sbom.packages())
                .extracting(SbomPackage::label)
                .containsExactly(
                        "pkg:oci/shop@sha256%3Aaa",
                        "debian 12", "pkg:maven/org.example/lib@1.0", "left-pad 1", "pkg:maven/org.example/shaded@2");
        assertThat(sbom.packages()).extracting(SbomPackage::installed).containsExactly(false, false, true, true, true);
        assertThat(sbom.of(name("pkg:maven/org.example/lib")).get(0).licences()).containsExactly("MIT", "My Licence");
        assertThat(sbom.of(name("pkg:maven/org.example/shaded@2")).get(0).licences())
                .containsExactly("MIT OR Apache-2.0");
        assertThat(sbom.of(name("pkg:maven/org.example/lib@2"))).isEmpty();
        assertThat(sbom.unnamed()).isEqualTo(1);
    }

    @Test
    void listsPackagesOfSpdxOnceForEachPackageUrl() throws InvalidInputException {
        Sbom sbom = spdx("""
                {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "shop", "packages": [
                  {"SPDXID": "SPDXRef-1", "name": "debian", "primaryPackagePurpose": "OPERATING-SYSTEM"},
                  {"SPDXID": "SPDXRef-2", "name": "@example/lib", "versionInfo": "1.0", "licenseConcluded": "MIT",
                   "licenseDeclared": "NOASSERTION", "externalRefs": [
                     {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                      "referenceLocator": "pkg:npm/%40example/lib@1.0"},
                     {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "PURL",
                      "referenceLocator": "pkg:npm/other@3"},
                     {"referenceCategory": "SECURITY", "referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a"}]}
                ]}""");
        assertThat(sbom.packages())
                .extracting(SbomPackage::label)
                .containsExactly("debian", "pkg:npm/%40example/lib@1.0", "pkg:npm/other@3");
        assertThat(sbom.of(name("pkg:npm/other")).get(0).versions()).containsExactly("3", "1.0");
        assertThat(sbom.of(name("pkg:npm/%40example/lib")).get(0).licences()).containsExactly("MIT");
        assertThat(sbom.packages().get(0).installed()).isFalse();
        assertThat(sbom.unnamed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:npm/event-stream@3.3.6",
                "pkg:NPM/event-stream@3.3.6",
                "pkg:npm/%65vent-stream@3.3.6",
                "pkg:npm/event-stream@3.3%2E6",
                "pkg:npm/event-stream@3.3.6?os=linux#lib",
                "pkg:npm//event-stream@3.3.6",
                "pkg:npm/%2Fevent-stream@3.3.6",
                "pkg://npm/event-stream@3.3.6"
            })
    void findsAPackageInAnotherSpellingOfItsUrl(String purl) throws InvalidInputException {
        Sbom sbom = components("{\"type\": \"library\", \"name\": \"x\", \"purl\": \"" + purl + "\"}");
        assertThat(sbom.of(name("pkg:npm/event-stream@3.3.6"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKG:npm/event-stream@3.3.6", "pkg:npm/%2F", "pkg:npm/event-stream@"})
    void takesAnInvalidUrlForNone(String purl) throws InvalidInputException {
        Sbom sbom = components("{\"name\": \"event-stream\", \"purl\": \"" + purl + "\"}");
        assertThat(sbom.packages().get(0).identity()).isEmpty();
        assertThat(sbom.unnamed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|name: is missing, and there is no valid package URL",
                "{\"purl\": \"pkg:npm\"}|name: is missing, and there is no valid package URL",
                "{\"name\": 1}|name: expected a string",
                "{\"name\": \"a\", \"Purl\": \"pkg:npm/a\"}|only in upper and lower case",
                "{\"name\": \"a\", \"components\": {}}|components: expected an array",
                "{\"name\": \"a\", \"licenses\": [\"MIT\"]}|licenses[0]: expected an object",
                "7|components[0]: expected an object"
            })
    void refusesComponentThatCouldHideAnother(String component, String problem) {
        assertThatThrownBy(() -> components(component))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void refusesDocumentOfTheOtherFormat() {
        assertThatThrownBy(() -> spdx("{\"bomFormat\": \"CycloneDX\"}")).hasMessageContaining("expected SPDX-2.x");
        assertThatThrownBy(() -> cycloneDx("{\"spdxVersion\": \"SPDX-2.3\"}"))
                .hasMessageContaining("expected CycloneDX");
    }

    @Test
    void refusesTooManyPackages() {
        String many = IntStream.rangeClosed(0, Sbom.MAX_PACKAGES)
                .mapToObj(n -> "{\"name\":\"package-" + n + "\"}")
                .collect(Collectors.joining(","));
        assertThatThrownBy(() -> components(many)).hasMessageContaining("more than the allowed 100000 packages");
    }

    /** Names whose hash codes are equal must not make an index slow. */
    @Test
    void findsAmongNamesThatCollide() throws InvalidInputException {
        String many = IntStream.range(0, 1 << 16)
                .mapToObj(n -> "{\"name\":\"a\",\"purl\":\"pkg:npm/" + colliding(n) + "\"}")
                .collect(Collectors.joining(","));
        Sbom sbom = components(many);
        assertThat(sbom.of(name("pkg:npm/" + colliding(4711)))).hasSize(1);
    }

    private static String colliding(int number) {
        return IntStream.range(0, 16)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    private static Sbom components(String components) throws InvalidInputException {
        return cycloneDx("{\"bomFormat\": \"CycloneDX\", \"components\": [" + components + "]}");
    }

    private static Sbom cycloneDx(String json) throws InvalidInputException {
        return Sbom.parse(statement(PredicateTypes.CYCLONEDX, json));
    }

    private static Sbom spdx(String json) throws InvalidInputException {
        return Sbom.parse(statement(PredicateTypes.SPDX, json));
    }

    private static Statement statement(String type, String json) throws InvalidInputException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new Statement(
                new Subject(Optional.empty(), Digest.of(bytes)),
                Optional.empty(),
                type,
                StrictJson.parseObject(bytes, "document", Statement.MAX_BYTES).node());
    }

    private static PackageName name(String url) {
        return PackageName.parse(url).orElseThrow();
    }
}
