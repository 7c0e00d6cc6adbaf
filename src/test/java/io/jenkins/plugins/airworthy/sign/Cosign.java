package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.tools.Tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real cosign, without any log, against registries on loopback. */
record Cosign(Tool tool, Path folder) {
    static final String PASSWORD = "cosign's pässword";

    static Cosign in(Path folder) {
        return new Cosign(Tool.require("cosign"), folder);
    }

    Tool.Outcome run(String... arguments) throws InterruptedException {
        return tool.run(folder, Map.of("COSIGN_PASSWORD", PASSWORD, "COSIGN_YES", "true"), arguments);
    }

    void sign(String key, String image) throws InterruptedException {
        run("sign", "--key", key, "--use-signing-config=false", "--tlog-upload=false", "-y", image)
                .succeeded();
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

    Tool.Outcome verify(String key, SignatureAlgorithm algorithm, String image) throws InterruptedException {
        return run(verification(List.of("verify"), key, algorithm, image));
    }

    Tool.Outcome verifyAttestation(String key, SignatureAlgorithm algorithm, String type, String image)
            throws InterruptedException {
        return run(verification(List.of("verify-attestation", "--type", type), key, algorithm, image));
    }

    /** cosign assumes SHA-256 for every key unless it is told. */
    private static String[] verification(List<String> command, String key, SignatureAlgorithm algorithm, String image) {
        List<String> arguments = new ArrayList<>(command);
        String hash =
                switch (algorithm) {
                    case ECDSA_P256, RSA -> "sha256";
                    case ECDSA_P384 -> "sha384";
                    case ECDSA_P521 -> "sha512";
                };
        arguments.addAll(
                List.of("--key", key, "--insecure-ignore-tlog=true", "--signature-digest-algorithm", hash, image));
        return arguments.toArray(String[]::new);
    }
}
