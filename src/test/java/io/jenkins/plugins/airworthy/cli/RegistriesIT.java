package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** What the command line writes to real registries, as cosign and crane see it. */
class RegistriesIT {
    @TempDir
    Path folder;

    @Test
    void cosignVerifiesWhatTheCommandLineSigned() throws Exception {
        Tool cosign = Tool.require("cosign");
        try (RegistryServer registry = RegistryServer.distribution(Files.createDirectory(folder.resolve("registry")))) {
            String image = registry.host() + "/team/app:1.0";
            SignedImage.make(new Jar(folder), image);
            cosign.run(folder, Map.of(), "verify", "--key", "release.pub", "--insecure-ignore-tlog=true", image)
                    .succeeded();
            for (String type : List.of("slsaprovenance1", "https://in-toto.io/attestation/test-result/v0.1")) {
                cosign.run(
                                folder,
                                Map.of(),
                                "verify-attestation",
                                "--key",
                                "release.pub",
                                "--type",
                                type,
                                "--insecure-ignore-tlog=true",
                                image)
                        .succeeded();
            }
        }
    }

    @Test
    void promotionCarriesImageAndEvidenceBetweenTwoRegistriesByteForByte() throws Exception {
        Tool crane = Tool.require("crane");
        Jar jar = new Jar(folder);
        try (RegistryServer staging = RegistryServer.distribution(Files.createDirectory(folder.resolve("staging")));
                RegistryServer production =
                        RegistryServer.withReferrersApi(Files.createDirectory(folder.resolve("production")))) {
            String from = staging.host() + "/staging/app";
            String to = production.host() + "/prod/app";
            String policy = SignedImage.make(jar, from + ":1.0")
                    .policy(staging.host() + "/staging/{app}", production.host() + "/prod/{app}");
            JsonNode promoted = json(jar.run(
                    "promote",
                    from + ":1.0",
                    to + ":1.0",
                    "--policy",
                    policy,
                    "--trust",
                    SignedImage.TRUST,
                    "--key",
                    SignedImage.KEY,
                    "--format=json"));

            assertThat(out(crane, "digest", to + ":1.0")).isEqualTo(out(crane, "digest", from + ":1.0"));
            Set<String> evidence = new TreeSet<>();
            for (JsonNode item : promoted.at("/verdict/items")) {
                item.get("evidence").forEach(digest -> evidence.add(digest.textValue()));
            }
            assertThat(evidence).hasSize(3);
            for (String digest : evidence) {
                assertThat(out(crane, "manifest", to + "@" + digest))
                        .isEqualTo(out(crane, "manifest", from + "@" + digest));
            }
            JsonNode there = json(jar.run("evidence", to + ":1.0", "--trust", SignedImage.TRUST, "--format=json"));
            assertThat(there.at("/verified")).hasSize(evidence.size() + 1);
            assertThat(there.at("/rejected")).isEmpty();
        }
    }

    private String out(Tool crane, String... arguments) throws InterruptedException {
        return crane.run(folder, Map.of(), arguments).succeeded().out();
    }

    private static JsonNode json(Tool.Outcome outcome) throws Exception {
        return StrictJson.parse(
                outcome.succeeded().out().getBytes(StandardCharsets.UTF_8), "standard output", 16 << 20);
    }
}
