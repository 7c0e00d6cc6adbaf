package io.jenkins.plugins.airworthy.cli;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** A bill of materials of another tool is checked for form, and never counts as more than imported. */
class ImportedSbomTest {
    private static final String CYCLONEDX = """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
             "components": [{"type": "library", "name": "lib", "version": "1.0", "purl": "pkg:maven/org.example/lib@1.0"}]}
            """;
    private static final String SPDX = """
            {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "app", "dataLicense": "CC0-1.0",
             "documentNamespace": "https://example.com/app", "creationInfo": {"created": "2026-11-01T00:00:00Z"},
             "packages": [{"SPDXID": "SPDXRef-lib", "name": "lib", "downloadLocation": "NOASSERTION"}]}
            """;

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private final Session session = new Session();
    private String image;
    private String key;
    private String trust;

    @BeforeAll
    static void makeAKey() {
        Session maker = new Session();
        maker.environment.put(KeyPasswords.VARIABLE, "secret");
        assertThat(maker.run("key", "generate", "--output", "" + keys.resolve("release"))
                        .status())
                .isZero();
    }

    @BeforeEach
    void buildAnImage() throws Exception {
        session.environment.put(KeyPasswords.VARIABLE, "secret");
        image = "oci:" + folder.resolve("staging") + ":1.0";
        key = keys.resolve("release.key").toString();
        trust = "release=" + keys.resolve("release.pub");
        Path file = Files.writeString(folder.resolve("app.txt"), "content");
        assertThat(session.run("build", "--base", "scratch", "--file", file + ":/app.txt", "--to", image)
                        .status())
                .isZero();
    }

    private Session.Ended attest(String type, String document) throws Exception {
        Path file = Files.writeString(folder.resolve("sbom.json"), document);
        return session.run("attest", image, "--type", type, "--predicate", "" + file, "--key", key);
    }

    private Session.Ended verify(String format, String observed) throws Exception {
        Path policy = Files.writeString(
                folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: test}
                spec:
                  trust: {keys: [release], observed: %s}
                  images: [{from: "oci:%s"}]
                  checklist: [{sbom: {format: %s}}]
                  without:
                    - {rule: vulnerabilities, reason: "not in this test"}
                    - {rule: signature, reason: "not in this test"}
                """.formatted(observed, folder.resolve("staging"), format));
        return session.run("verify", image, "--policy", "" + policy, "--trust", trust);
    }

    @ParameterizedTest
    @CsvSource({"cyclonedx, cyclonedx", "https://cyclonedx.org/bom, cyclonedx"})
    void aRuleThatTakesImportedDocumentsPassesAndNoOtherRule(String type, String format) throws Exception {
        Session.Ended attested = attest(type, CYCLONEDX);
        assertThat(attested.status()).as(attested.err()).isZero();
        assertThat(verify(format, "imported").status()).isZero();
        for (String more : new String[] {"build-agent", "trusted-agent", "controller"}) {
            assertThat(verify(format, more).status()).isEqualTo(1);
        }
        assertThat(session.run("evidence", image, "--trust", trust).out())
                .contains("https://cyclonedx.org/bom by key release, imported at ");
    }

    @ParameterizedTest
    @CsvSource({"spdx", "spdxjson", "https://spdx.dev/Document"})
    void takesSpdxToo(String type) throws Exception {
        Session.Ended attested = attest(type, SPDX);
        assertThat(attested.status()).as(attested.err()).isZero();
        assertThat(verify("spdx", "imported").status()).isZero();
        assertThat(verify("spdx", "build-agent").status()).isEqualTo(1);
    }

    @Test
    void aDocumentOfAnotherFormIsRefusedByPlaceAndNothingIsAttached() throws Exception {
        assertRefused(attest("cyclonedx", SPDX), "bomFormat: expected CycloneDX in JSON, found ''");
        assertRefused(attest("spdx", CYCLONEDX), "spdxVersion: expected SPDX-2.2 or SPDX-2.3");
        assertRefused(attest("cyclonedx", CYCLONEDX.replace("1.6", "2.0")), "specVersion: expected 1.x, found '2.0'");
        assertRefused(attest("cyclonedx", CYCLONEDX.replace("\"lib\"", "\" \"")), "components[0].name: is empty");
        assertRefused(attest("cyclonedx", CYCLONEDX.replace("[{", "[7, {")), "components");
        assertRefused(attest("cyclonedx", "<bom/>"), "is not valid JSON");
        assertRefused(attest("spdx", SPDX.replace("SPDX-2.3", "SPDX-3.0")), "found 'SPDX-3.0'");
        assertRefused(attest("spdx", SPDX.replace("SPDXRef-lib", "")), "packages[0].SPDXID: is empty");
        assertThat(session.run("evidence", image).out()).contains("0 verified, 0 unverified");
    }

    @Test
    void anEmptyDocumentIsAttachedAndFailsTheRule() throws Exception {
        assertThat(attest("cyclonedx", "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\"}")
                        .status())
                .isZero();
        assertThat(verify("cyclonedx", "imported").out()).contains("lists nothing");
    }

    @Test
    void aDocumentIsOfOneImageAndNotOfAnIndex() throws Exception {
        Path file = Files.writeString(folder.resolve("app.txt"), "content");
        image = "oci:" + folder.resolve("several") + ":1.0";
        assertThat(session.run(
                                "build",
                                "--base",
                                "scratch",
                                "--file",
                                file + ":/app.txt",
                                "--platform=linux/amd64",
                                "--platform=linux/arm64",
                                "--to",
                                image)
                        .status())
                .isZero();
        assertThat(attest("cyclonedx", CYCLONEDX).err()).contains("name the image of one platform by its digest");
    }

    private static void assertRefused(Session.Ended ended, String reason) {
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("sbom.json", reason);
    }
}
