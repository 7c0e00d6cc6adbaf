package io.jenkins.plugins.airworthy.policy.waiver;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.NamePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Documents of OpenVEX are proposals, and each claim that is none says why. */
class OpenVexTest {
    private static final String IMAGE = "pkg:oci/cart?repository_url=registry.example.com/staging/shop/cart";
    private static final String LIB = "pkg:maven/org.example/lib@1.0";
    private static final String CLEARED = statement(
            "2026-11-02T00:00:00Z", "CVE-2026-0001", IMAGE, LIB, "not_affected", "vulnerable_code_not_present");

    static String document(String... statements) {
        return """
                {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://supplier.example.com/vex/1",
                 "author": "supplier", "timestamp": "2026-11-01T00:00:00Z", "version": 1, "statements": [%s]}
                """.formatted(String.join(",", statements));
    }

    static String statement(
            String time, String vulnerability, String product, String component, String status, String justification) {
        return """
                {"timestamp": "%s", "vulnerability": {"name": "%s"}, "status": "%s"%s,
                 "products": [{"@id": "%s"%s}]}
                """.formatted(
                        time,
                        vulnerability,
                        status,
                        justification.isEmpty() ? "" : ", \"justification\": \"" + justification + "\"",
                        product,
                        component.isEmpty() ? "" : ", \"subcomponents\": [{\"@id\": \"" + component + "\"}]");
    }

    private static VexProposals read(String document) throws InvalidInputException {
        return OpenVex.read(document.getBytes(UTF_8), "vex.json", Optional.empty());
    }

    private static VexProposals read(String document, String images) throws InvalidInputException {
        return OpenVex.read(document.getBytes(UTF_8), "vex.json", Optional.of(NamePattern.ofImages(images)));
    }

    @Test
    void proposesAWaiverForWhatIsNotAffected() throws Exception {
        VexProposals read = read(document(CLEARED));
        assertThat(read.unused()).isEmpty();
        assertThat(read.waivers())
                .containsExactly(new ProposedWaiver(
                        "CVE-2026-0001",
                        LIB,
                        "registry.example.com/staging/shop/cart",
                        Optional.of(VexJustification.VULNERABLE_CODE_NOT_PRESENT),
                        "supplier says not_affected (vulnerable_code_not_present)",
                        java.util.List.of("statements[0] of 2026-11-02T00:00:00Z")));
    }

    @Test
    void proposesAWaiverForWhatIsFixedAndTakesTheDocumentsTime() throws Exception {
        String fixed = CLEARED.replace("\"timestamp\": \"2026-11-02T00:00:00Z\", ", "")
                .replace("not_affected", "fixed")
                .replace(", \"justification\": \"vulnerable_code_not_present\"", "");
        ProposedWaiver waiver = read(document(fixed)).waivers().get(0);
        assertThat(waiver.justification()).isEmpty();
        assertThat(waiver.reason()).isEqualTo("supplier says fixed");
        assertThat(waiver.notes()).containsExactly("statements[0] of 2026-11-01T00:00:00Z");
    }

    @Test
    void saysWhereAWaiverWouldBeWiderThanTheDocument() throws Exception {
        String narrow = CLEARED.replace("oci/cart?", "oci/cart@sha256:" + "a".repeat(64) + "?arch=amd64&")
                .replace("{\"name\": \"CVE-2026-0001\"}", "{\"name\": \"CVE-2026-0001\", \"aliases\": [\"GHSA-1\"]}")
                .replace(LIB, "pkg:deb/debian/zlib@1.2?arch=amd64#x");
        ProposedWaiver waiver = read(document(narrow)).waivers().get(0);
        assertThat(waiver.packageUrl()).isEqualTo("pkg:deb/debian/zlib@1.2");
        assertThat(waiver.notes())
                .anySatisfy(note -> assertThat(note)
                        .contains("speaks of sha256:" + "a".repeat(64) + " only, a waiver of every image of its name"))
                .anySatisfy(note -> assertThat(note).contains("also known as GHSA-1"));
    }

    @Test
    void aPackageAsProductIsForTheImagesThatAreAskedFor() throws Exception {
        String product = document(statement("2026-11-02T00:00:00Z", "CVE-2026-0001", LIB, "", "fixed", ""));
        assertThat(read(product).waivers()).isEmpty();
        assertThat(read(product).unused())
                .containsExactly("statements[0]: CVE-2026-0001 in " + LIB
                        + ": names no image: say with --images for which it shall be");
        assertThat(read(product, "registry.example.com/staging/**").waivers())
                .extracting(ProposedWaiver::image)
                .containsExactly("registry.example.com/staging/**");
    }

    @Test
    void proposesNothingForOtherImagesThanAskedFor() throws Exception {
        assertThat(read(document(CLEARED), "registry.example.com/staging/shop/*")
                        .waivers())
                .extracting(ProposedWaiver::image)
                .containsExactly("registry.example.com/staging/shop/cart");
        VexProposals other = read(document(CLEARED), "registry.example.com/staging/bank/*");
        assertThat(other.waivers()).isEmpty();
        assertThat(other.unused().get(0))
                .endsWith(
                        "is about registry.example.com/staging/shop/cart, not about registry.example.com/staging/bank/*");
    }

    /** A retracted claim must not come back by its order in the file, a looser name, an alias or a product without a place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-03T00:00:00Z|CVE-2026-0001|" + IMAGE + "|" + LIB,
                "2026-11-02T00:00:00Z|CVE-2026-0001|" + IMAGE + "|" + LIB,
                "2026-11-03T00:00:00Z|cve-2026-0001|" + IMAGE + "|pkg:MAVEN/org.example/lib",
                "2026-11-03T00:00:00Z|CVE-2026-0001|pkg:oci/cart|" + LIB,
                "2026-11-03T00:00:00Z|CVE-2026-0001|" + IMAGE + "|",
                "2026-11-03T00:00:00Z|CVE-2026-0001|https://example.com/cart|",
                "2026-11-03T00:00:00Z|CVE-2026-0001|" + LIB + "|"
            })
    void proposesNothingThatANewerClaimContradicts(String time, String id, String product, String component)
            throws Exception {
        for (String status : new String[] {"affected", "under_investigation"}) {
            String contrary = statement(time, id, product, component == null ? "" : component, status, "");
            for (String document : new String[] {document(CLEARED, contrary), document(contrary, CLEARED)}) {
                VexProposals read = read(document);
                assertThat(read.waivers()).as(document).isEmpty();
                assertThat(read.unused()).hasSize(2).anyMatch(line -> line.endsWith("says " + status));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-01T23:59:59Z|CVE-2026-0001|" + IMAGE + "|" + LIB,
                "2026-11-03T00:00:00Z|CVE-2026-0002|" + IMAGE + "|" + LIB,
                "2026-11-03T00:00:00Z|CVE-2026-0001|" + IMAGE + "|pkg:maven/org.example/lib@2.0",
                "2026-11-03T00:00:00Z|CVE-2026-0001|pkg:oci/x?repository_url=registry.example.com/x|" + LIB
            })
    void proposesWhatOnlyOlderClaimsOrClaimsOfOthersContradict(String time, String id, String product, String component)
            throws Exception {
        String contrary = statement(time, id, product, component, "affected", "");
        assertThat(read(document(contrary, CLEARED)).waivers()).hasSize(1);
    }

    @Test
    void anAliasOfAContradictionCounts() throws Exception {
        String contrary = statement("2026-11-03T00:00:00Z", "GHSA-jfh8-c2jp-5v3q", IMAGE, LIB, "affected", "")
                .replace("5v3q\"}", "5v3q\", \"aliases\": [\"CVE-2026-0001\"]}");
        assertThat(read(document(CLEARED, contrary)).waivers()).isEmpty();
    }

    @Test
    void proposesTheSameWaiverOnce() throws Exception {
        VexProposals read = read(document(CLEARED, CLEARED));
        assertThat(read.waivers()).hasSize(1);
        assertThat(read.unused())
                .containsExactly("statements[1]: CVE-2026-0001 in " + LIB + " of " + IMAGE
                        + ": is proposed already, by statements[0]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vulnerable_code_not_present|looks_fine|'looks_fine' is no justification of OpenVEX",
                ", \"justification\": \"vulnerable_code_not_present\"|``|gives neither justification nor impact_statement",
                "CVE-2026-0001|CVE-*|its vulnerability is none that a scanner reports",
                "pkg:maven/org.example/lib@1.0|pkg:maven/lib%0A@|names no package by a package URL",
                "pkg:maven/org.example/lib@1.0|pkg:maven/org.example/*|names no package by a package URL",
                "pkg:maven/org.example/lib@1.0|org.example:lib|names no package by a package URL",
                "pkg:maven/org.example/lib@1.0|pkg:oci/base|names an image where a package is needed",
                ", \"subcomponents\": [{\"@id\": \"pkg:maven/org.example/lib@1.0\"}]|``|is about the image as a whole",
                "pkg:oci/cart?repository_url=registry.example.com/staging/shop/cart|pkg:npm/cart|holds within a product that is no image",
                "repository_url=registry.example.com/staging/shop/cart|repository_url=registry.example.com/other|is no image",
                "repository_url=registry.example.com/staging/shop/cart|repository_url=registry.example.com/**|is no image",
                "repository_url=registry.example.com/staging/shop/cart|repository_url=registry.example.com/cart:1|is no image",
                "?repository_url=registry.example.com/staging/shop/cart|``|names no image: say with --images",
                "\"@id\": \"pkg:maven/org.example/lib@1.0\"|\"@id\": \"pkg:maven/org.example/lib@1.0\", \"identifiers\": {\"purl\": \"pkg:npm/x\"}|names no package by a package URL"
            })
    void tellsWhyAClaimIsNoProposal(String was, String becomes, String reason) throws Exception {
        VexProposals read = read(document(CLEARED.replace(was, becomes)));
        assertThat(read.waivers()).isEmpty();
        assertThat(read.unused())
                .hasSize(1)
                .allMatch(line -> line.startsWith("statements[0]: ") && line.contains(reason));
    }

    @Test
    void anIdentifierIsReadAsTheProductsUrl() throws Exception {
        String named = CLEARED.replace(
                        "\"@id\": \"" + LIB,
                        "\"@id\": \"https://example.com/lib\", \"identifiers\": {\"purl\": \"" + LIB)
                .replace(LIB + "\"}", LIB + "\"}}");
        assertThat(read(document(named)).waivers())
                .extracting(ProposedWaiver::packageUrl)
                .containsExactly(LIB);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ns/v0.2.0|ns|vex.json: @context: expected https://openvex.dev/ns/v0.2.0, found 'https://openvex.dev/ns'",
                "not_affected|Not_Affected|vex.json: statements[0].status: 'Not_Affected' is not one of not_affected, affected",
                "\"status\"|\"Status\"|differs from 'status' only in upper and lower case",
                "\"name\"|\"nom\"|vex.json: statements[0].vulnerability.name: is missing",
                "2026-11-02T00:00:00Z|yesterday|vex.json: statements[0].timestamp: expected a time",
                "\"products\": [|\"products\": [1, |vex.json: statements[0].products[0]: expected"
            })
    void refusesAMalformedDocumentAtItsPlace(String was, String becomes, String message) {
        assertThatThrownBy(() -> read(document(CLEARED).replace(was, becomes)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesMoreClaimsThanItReads() throws Exception {
        String products = IntStream.range(0, OpenVex.MAX_CLAIMS + 1)
                .mapToObj(i -> "{\"@id\": \"pkg:npm/x" + i + "\"}")
                .collect(Collectors.joining(","));
        String many = CLEARED.replaceAll("\"products\": .*\\]", "\"products\": [" + products + "]");
        assertThatThrownBy(() -> read(document(many), "registry.example.com/a"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("vex.json: statements[0].products: more than the allowed 2000 combinations");
        assertThatThrownBy(() -> read(" ".repeat(OpenVex.MAX_BYTES) + "{}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("larger than the allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n    until: 2999-01-01", "\\u2028x", "\\u001b[31m", "\\ufffe", "\\u202e"})
    void whatADocumentSaysStaysOnItsLine(String text) throws Exception {
        String said = document(CLEARED.replace("\"status\"", "\"impact_statement\": \"a" + text + "b\", \"status\""));
        assertThat(read(said).waivers().get(0).reason())
                .startsWith("supplier says not_affected (vulnerable_code_not_present): a")
                .doesNotContainPattern("[\\n\\x1b\\u2028\\u202e\\ufffe]");
    }
}
