package io.jenkins.plugins.airworthy.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the demo's images are scanned: by a Trivy, with the database that travels with the project, or else by taking over
 * reports that a Trivy made of the same images before.
 *
 * @param policies where the policies are that fit
 */
record Scans(Optional<Path> trivy, Path policies) {
    private static final Path DATABASE = Path.of("src/demo/trivy-db");
    private static final Path POLICIES = Path.of("src/demo/policy");
    private static final String CACHE = "target/demo/trivy-cache";

    static Scans prepare() throws IOException, InterruptedException {
        Optional<Path> trivy = Scanner.find();
        if (trivy.isPresent()) {
            Path cache = Files.createDirectories(Path.of(CACHE));
            for (String part : List.of("db", "java-db")) {
                Workplace.copy(DATABASE.resolve(part), cache.resolve(part));
            }
            return new Scans(trivy, POLICIES);
        }
        System.out.println("""
                Trivy: none found on PATH, and no Go to build one. NOTHING IS SCANNED IN THIS RUN. Instead the demo imports
                reports (src/demo/reports) that Trivy 0.74.0 made of these very images: an image's digest is the same wherever
                it is built, and a report about another image would be refused. Each statement says that it was imported, and
                the policies of src/demo/policy would not believe it. Copies of them in target/demo/policy do, for scans and
                of any age; that is the only difference.""");
        return new Scans(Optional.empty(), believing());
    }

    /** The policies, changed so that imported scans are believed. */
    private static Path believing() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/demo/policy"));
        try (Stream<Path> files = Files.list(POLICIES)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                String changed = text.replace("maxAge: 24h,", "maxAge: 36500d, trust: {observed: imported},")
                        .replace("secrets: {maximum: 0}", "secrets: {maximum: 0, trust: {observed: imported}}")
                        .replace("sbom: {format: cyclonedx}", "sbom: {format: cyclonedx, trust: {observed: imported}}");
                Files.writeString(folder.resolve(file.getFileName()), changed);
            }
        }
        return folder;
    }

    /** The options of the scan of one image. */
    String[] options(String image) {
        if (trivy.isPresent()) {
            return new String[] {"--trivy", trivy.get().toString(), "--cache", CACHE, "--offline"};
        }
        return new String[] {"--report", report(image).toString().replace('\\', '/')};
    }

    /** The report of an earlier scan of the same image. */
    static Path report(String image) {
        return Path.of("src/demo/reports", image + ".json");
    }
}
