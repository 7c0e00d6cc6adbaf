package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.tools.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Bundles and keys of the sigstore-conformance suite and of a private Sigstore, attached to an image of ours. */
class RealBundlesTest extends AttackedImage {
    private static final String CASES = "sigstore-conformance/bundle-verify";

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void noneOfThemIsBelievedAboutAnImageOfOurs() throws Exception {
        List<Path> bundles = new ArrayList<>(files(TestData.require(CASES), "bundle.sigstore.json"));
        bundles.addAll(files(TestData.require("private-stack"), ".bundle"));
        List<TrustedKey> keys = new ArrayList<>();
        for (String name : List.of("managed-key-happy-path", "managed-key-and-trusted-root")) {
            Path key = TestData.require(CASES).resolve(name).resolve("key.pub");
            keys.add(new TrustedKey(key.getParent().getFileName().toString(), KeyFiles.readPublic(key)));
        }
        Map<Digest, Path> attached = new TreeMap<>();
        for (Path bundle : bundles) {
            attached.put(Forge.attach(store, Forge.IMAGE, Files.readAllBytes(bundle)), bundle);
        }
        EvidenceFound found = EvidenceReader.read(store, Forge.IMAGE.digest(), keys);
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected())
                .extracting(RejectedEvidence::manifest)
                .containsExactlyElementsOf(attached.keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "private-stack/sign.bundle, no trusted root was given",
        "private-stack/attest.bundle, keyless",
        "private-stack/blob.bundle, messageSignature",
        CASES + "/happy-path-intoto-in-dsse-v3/bundle.sigstore.json, keyless",
        CASES + "/happy-path-v0.2/bundle.sigstore.json, version 0.3",
        CASES + "/managed-key-happy-path/bundle.sigstore.json, messageSignature"
    })
    void rejectsEachBundleWithItsReason(String bundle, String reason) throws Exception {
        assertRejected(Files.readAllBytes(TestData.require(bundle)), reason);
    }

    @Test
    void refusesTheSuitesWrongKeySinceItIsNotOnItsCurve() {
        Path key = TestData.require(CASES).resolve("managed-key-wrong-key_fail/key.pub");
        assertThatThrownBy(() -> KeyFiles.readPublic(key))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not a point on its curve");
    }

    @Test
    void hintsAreTheFingerprintsThatWeCompute() throws Exception {
        Path folder = TestData.require(CASES + "/managed-key-happy-path");
        JsonObject bundle = StrictJson.parseObject(
                Files.readAllBytes(folder.resolve("bundle.sigstore.json")), "bundle", Bundle.MAX_BYTES);
        VerificationKey key = KeyFiles.readPublic(folder.resolve("key.pub"));
        assertThat(bundle.object("verificationMaterial").object("publicKey").string("hint"))
                .isEqualTo(Base64.getEncoder().encodeToString(key.fingerprintBytes()));
    }
}
