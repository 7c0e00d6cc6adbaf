package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.Artefact;
import io.jenkins.plugins.airworthy.sign.bundle.ArtefactVerifier;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import io.jenkins.plugins.airworthy.tools.TestData;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A bundle with all that decides about it.
 *
 * @param key instead of an identity
 * @param undamaged what this was made of
 */
@SuppressWarnings("ArrayRecordComponent") // they are neither compared nor changed
public record SigstoreCase(
        String name,
        byte[] bundle,
        byte[] root,
        Artefact artefact,
        IdentityPattern signer,
        Optional<Path> key,
        Optional<SigstoreCase> undamaged) {
    private static final String SUITE = "sigstore-conformance/bundle-verify";
    private static final String STACK = "private-stack/";

    /** Whom the suite expects where a case says nothing else. */
    private static final String BEACON =
            "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon";

    private static final String IDENTITY =
            BEACON + "/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";
    private static final String ISSUER = "https://token.actions.githubusercontent.com";
    private static final String IMAGE = "fbc5b97b1ec481dd54473285b24c3dd1c13ccafe8f6f74006e0177653a9ffdda";
    private static final String OF_JAVA = "9985f5cf0c183a19f5d4324644e642f36ec781ad6c5c8e29260cf0383f0310c2";
    private static final String JOB = "https://jenkins.example.com/job/app/";

    /** Ends normally if the product accepts it. */
    void verify() throws AirworthyException {
        ArtefactVerifier verifier =
                new ArtefactVerifier(new SigstoreTrust(TrustedRoot.parse(root, "trusted root"), Clock.systemUTC()));
        if (key.isPresent()) {
            verifier.verify(bundle, "bundle", artefact, new TrustedKey("key", KeyFiles.readPublic(key.get())));
        } else {
            verifier.verify(bundle, "bundle", artefact, signer);
        }
    }

    /** Why the product refuses it; empty if it does not. */
    Optional<String> refusal() {
        try {
            verify();
            return Optional.empty();
        } catch (AirworthyException e) {
            return Optional.of(e.getMessage());
        }
    }

    public SigstoreCase with(byte[] changedBundle, byte[] changedRoot) {
        return new SigstoreCase(
                name, changedBundle, changedRoot, artefact, signer, key, Optional.of(undamaged.orElse(this)));
    }

    /** All that cosign and sigstore-java made with a private Sigstore. */
    static List<SigstoreCase> privateStack() throws IOException {
        Artefact blob = Artefact.of(Files.readAllBytes(TestData.require(STACK + "blob.txt")));
        return List.of(
                ofStack("attest", Artefact.of(new Digest(IMAGE)), "ci", JOB),
                ofStack("attest-blob", blob, "ci", JOB),
                ofStack("blob", blob, "ci", JOB),
                ofStack("email", blob, "email", "dev@example.com"),
                ofStack("java", Artefact.of(new Digest(OF_JAVA)), "ci", JOB),
                ofStack("sign", Artefact.of(new Digest(IMAGE)), "ci", JOB),
                ofStack("uri", blob, "uri", "http://127.0.0.1/job/app/"));
    }

    private static SigstoreCase ofStack(String name, Artefact artefact, String issuer, String subject)
            throws IOException {
        return new SigstoreCase(
                name,
                Files.readAllBytes(TestData.require(STACK + name + ".bundle")),
                Files.readAllBytes(TestData.require(STACK + "trusted_root.json")),
                artefact,
                new IdentityPattern("http://127.0.0.1:18100/" + issuer, subject),
                Optional.empty(),
                Optional.empty());
    }

    /** All of the conformance suite, or the end of the test where it is not at hand. */
    static List<SigstoreCase> conformance() throws IOException {
        List<SigstoreCase> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(TestData.require(SUITE))) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                all.add(ofSuite(folder.getFileName().toString()));
            }
        }
        return all;
    }

    /** One of the conformance suite. */
    static SigstoreCase ofSuite(String name) throws IOException {
        Path suite = TestData.require(SUITE);
        Path folder = TestData.require(SUITE + "/" + name);
        Path key = folder.resolve("key.pub");
        return new SigstoreCase(
                name,
                Files.readAllBytes(folder.resolve("bundle.sigstore.json")),
                read(folder.resolve("trusted_root.json"), suite.resolveSibling("trusted_root.production.json")),
                Artefact.of(read(folder.resolve("artifact"), suite.resolve("a.txt"))),
                new IdentityPattern(text(folder.resolve("issuer"), ISSUER), text(folder.resolve("identity"), IDENTITY)),
                Files.exists(key) ? Optional.of(key) : Optional.empty(),
                Optional.empty());
    }

    private static byte[] read(Path file, Path otherwise) throws IOException {
        return Files.readAllBytes(Files.exists(file) ? file : otherwise);
    }

    private static String text(Path file, String otherwise) throws IOException {
        return Files.exists(file)
                ? Files.readString(file, StandardCharsets.UTF_8).strip()
                : otherwise;
    }
}
