package io.jenkins.plugins.airworthy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An image with signature, provenance and a test result, made by the packaged program, and a policy that asks for them. */
public record SignedImage(Jar jar, String reference) {
    public static final String KEY = "release.key";
    public static final String TRUST = "release=release.pub";

    /** Makes key, image and evidence below the jar's folder. */
    public static SignedImage make(Jar jar, String reference) throws IOException, InterruptedException {
        Path folder = jar.folder();
        if (Files.notExists(folder.resolve(KEY))) {
            jar.run("key", "generate", "--output", "release").succeeded();
        }
        Files.writeString(folder.resolve("app.txt"), "content");
        Files.writeString(folder.resolve("structure.yaml"), """
                schemaVersion: "2.0.0"
                fileExistenceTests:
                  - {name: the application is there, path: /app.txt, shouldExist: true}
                """);
        jar.run("build", "--base", "scratch", "--file", "app.txt:/app.txt", "--to", reference, "--key", KEY)
                .succeeded();
        jar.run("test", reference, "--structure", "structure.yaml", "--key", KEY)
                .succeeded();
        jar.run("sign", reference, "--key", KEY).succeeded();
        return new SignedImage(jar, reference);
    }

    /** A policy that lets images go from one repository pattern to another. */
    public String policy(String from, String to) throws IOException {
        String policy = """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: test}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images: [{from: "%s", to: "%s"}]
                  checklist:
                    - signature: {threshold: 1}
                    - provenance: {builders: ["https://plugins.jenkins.io/airworthy/builders/command-line"]}
                    - tests: {minimum: 1, failures: 0}
                  without: [{rule: vulnerabilities, reason: "nothing is scanned in this test"}]
                """.formatted(from, to);
        Files.writeString(jar.folder().resolve("policy.yaml"), policy);
        return "policy.yaml";
    }
}
