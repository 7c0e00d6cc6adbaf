package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.key.SignatureAlgorithm;
import io.jenkins.plugins.airworthy.tools.Tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real cosign, without any log, against registries on loopback. */
public record Cosign(Tool tool, Path folder) {
    static final String PASSWORD = "cosign's pässword";

    public static Cosign in(Path folder) {
        return new Cosign(Tool.require("cosign"), folder);
    }

    public Tool.Outcome run(String... arguments) throws InterruptedException {
        return tool.run(folder, Map.of("COSIGN_PASSWORD", PASSWORD, "COSIGN_YES", "true"), arguments);
    }

    void sign(String key, String image) throws InterruptedException {
        run("sign", "--key", key, "--use-signing-config=false", "--tlog-upload=false", "-y", image)
                .succeeded();
    }

    /** The index with each of its platforms. */
    void signRecursively(String key, EvidenceFormat format, String... images) throws InterruptedException {
        write(List.of("sign", "--recursive"), key, format, images);
    }

    void sign(String key, EvidenceFormat format, String... images) throws InterruptedException {
        write(List.of("sign"), key, format, images);
    }

    void attest(String key, EvidenceFormat format, String type, Path predicate, String... images)
            throws InterruptedException {
        write(List.of("attest", "--type", type, "--predicate", predicate.toString()), key, format, images);
    }

    /** Runs one of cosign's commands that write evidence. */
    void write(List<String> command, String key, EvidenceFormat format, String... images) throws InterruptedException {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--key", key, "--use-signing-config=false", "--tlog-upload=false", "-y"));
        arguments.add("--new-bundle-format=" + (format == EvidenceFormat.BUNDLE));
        arguments.addAll(List.of(images));
        run(arguments.toArray(String[]::new)).succeeded();
    }

    void attest(String key, String type, Path predicate, String image) throws InterruptedException {
        run(
                        "attest",
                        "--key",
                        key,
                        "--use-signing-config=false",
                        "--tlog-upload=false",
                        "-y",
                        "--type",
                        type,
                        "--predicate",
                        predicate.toString(),
                        image)
                .succeeded();
    }

    Tool.Outcome verify(String key, SignatureAlgorithm algorithm, String... images) throws InterruptedException {
        return run(verification(List.of("verify"), key, algorithm, images));
    }

    Tool.Outcome verifyAttestation(String key, SignatureAlgorithm algorithm, String type, String... images)
            throws InterruptedException {
        return run(verification(List.of("verify-attestation", "--type", type), key, algorithm, images));
    }

    /** cosign assumes SHA-256 for every key unless it is told. */
    private static String[] verification(
            List<String> command, String key, SignatureAlgorithm algorithm, String... images) {
        List<String> arguments = new ArrayList<>(command);
        String hash =
                switch (algorithm) {
                    case ECDSA_P256, RSA -> "sha256";
                    case ECDSA_P384 -> "sha384";
                    case ECDSA_P521 -> "sha512";
                };
        arguments.addAll(List.of("--key", key, "--insecure-ignore-tlog=true", "--signature-digest-algorithm", hash));
        arguments.addAll(List.of(images));
        return arguments.toArray(String[]::new);
    }
}
