package io.jenkins.plugins.airworthy.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an attacker with write access to a layout folder might do. Knows nothing of the product and edits files as text;
 * every change keeps a text's length, so that all sizes stay right.
 */
final class Tampering {
    private static final Pattern ENTRY = Pattern.compile("\"digest\":\"sha256:([0-9a-f]{64})\",\"size\":([0-9]+)");
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private final Path layout;

    private Tampering(Path layout) {
        this.layout = layout;
    }

    /** Makes a second tag for a copy of an image that starts another program, with all evidence of the first. */
    static void changeEntrypoint(Path layout, String tag, String changedTag) throws IOException {
        new Tampering(layout).change(tag, changedTag);
    }

    private void change(String tag, String changedTag) throws IOException {
        Path index = layout.resolve("index.json");
        String text = Files.readString(index);
        String image = Workplace.digest(layout, tag).substring("sha256:".length());
        String manifest = read(image);
        String config = first(manifest);
        String changedConfig = write(read(config).replace("/app/Shop.java", "/app/Evil.java"));
        String changedImage = write(manifest.replace(config, changedConfig));
        System.out.printf("  sha256:%s (%s)%n  sha256:%s (%s)%n", image, tag, changedImage, changedTag);

        List<String> added = new ArrayList<>();
        added.add(
                entry(changedImage, "\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + changedTag + "\"}"));
        Matcher entries = ENTRY.matcher(text);
        while (entries.find()) {
            String evidence = read(entries.group(1));
            if (evidence.contains("\"subject\":") && evidence.contains(image)) {
                added.add(entry(write(evidence.replace(image, changedImage)), "\"artifactType\":\"" + BUNDLE + "\""));
            }
        }
        int end = text.lastIndexOf("]");
        Files.writeString(index, text.substring(0, end) + "," + String.join(",", added) + text.substring(end));
        System.out.printf(
                "  and %d pieces of evidence that name the changed image as their subject now%n", added.size() - 1);
    }

    private static String first(String manifest) {
        Matcher matcher = ENTRY.matcher(manifest);
        if (!matcher.find()) {
            throw new IllegalStateException("the manifest names no config");
        }
        return matcher.group(1);
    }

    private String entry(String digest, String more) throws IOException {
        return "{\"mediaType\":\"" + MANIFEST + "\",\"digest\":\"sha256:" + digest + "\",\"size\":"
                + Files.size(blob(digest)) + "," + more + "}";
    }

    private String read(String digest) throws IOException {
        return Files.readString(blob(digest));
    }

    private String write(String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String digest = HexFormat.of().formatHex(Workplace.sha256().digest(bytes));
        Files.write(blob(digest), bytes);
        return digest;
    }

    private Path blob(String digest) {
        return layout.resolve("blobs").resolve("sha256").resolve(digest);
    }
}
