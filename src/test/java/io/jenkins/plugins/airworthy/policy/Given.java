package io.jenkins.plugins.airworthy.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.SignatureProof;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Images and verified evidence, made without any store. */
public final class Given {
    public static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    public static final String STAGING = "registry.example.com/staging/shop/cart";
    public static final String PRODUCTION = "registry.example.com/prod/shop/cart";
    private static int serial;

    private Given() {}

    /** A policy with this checklist, each line one item. */
    public static Policy policy(String... checklist) throws InvalidInputException {
        return Policy.parse(document(checklist).getBytes(UTF_8), "policy.yaml");
    }

    /** The document of such a policy; it leaves out on purpose what the checklist does not have. */
    public static String document(String... checklist) {
        String all = String.join("\n", checklist);
        List<String> without = new ArrayList<>();
        for (String rule : List.of("signature", "vulnerabilities")) {
            if (!all.contains("- " + rule + ":")) {
                without.add("{rule: " + rule + ", reason: not under test}");
            }
        }
        return """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  mode: enforce
                  trust: {keys: [release], observed: build-agent}
                  images:
                    - {from: "registry.example.com/staging/{app**}", to: "registry.example.com/prod/{app**}", tags: ["v*"]}
                %s
                  checklist:
                %s
                """.formatted(
                        without.isEmpty() ? "" : "  without: [" + String.join(", ", without) + "]",
                        all.indent(4).stripTrailing());
    }

    public static ImageReference reference(String text) {
        try {
            return ImageReference.parse(text);
        } catch (InvalidInputException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static PlatformImage image() {
        return image("linux/amd64", "1000", Map.of(), List.of(digest("base"), digest("app")));
    }

    public static PlatformImage image(String platform, String user, Map<String, String> labels, List<Digest> layers) {
        try {
            Platform where = Platform.parse(platform);
            ObjectNode config = StrictJson.object();
            config.put("architecture", where.architecture()).put("os", where.os());
            where.variant().ifPresent(v -> config.put("variant", v));
            ObjectNode settings = config.putObject("config").put("User", user);
            labels.forEach(settings.putObject("Labels")::put);
            settings.putArray("Env").add("PATH=/bin").add("EMPTY=");
            layers.forEach(l -> config.withObjectProperty("rootfs")
                    .withArrayProperty("diff_ids")
                    .add(l.toString()));
            byte[] bytes = StrictJson.write(config);
            ObjectNode manifest = StrictJson.object();
            manifest.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
            manifest.putObject("config")
                    .put("mediaType", MediaTypes.OCI_CONFIG)
                    .put("digest", Digest.of(bytes).toString())
                    .put("size", bytes.length);
            manifest.putArray("layers");
            layers.forEach(l -> manifest.withArrayProperty("layers")
                    .addObject()
                    .put("mediaType", MediaTypes.OCI_LAYER_GZIP)
                    .put("digest", l.toString())
                    .put("size", 1));
            ImageManifest parsed = (ImageManifest) Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(manifest));
            return new PlatformImage(parsed.digest(), where, parsed, ImageConfig.parse(bytes, "config"));
        } catch (InvalidInputException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static Digest digest(String text) {
        return Digest.of(text.getBytes(UTF_8));
    }

    /** The image alone, on its way to production. */
    public static Candidate candidate(PlatformImage image, VerifiedEvidence... evidence) {
        return new Candidate(
                reference(STAGING + ":1.0"),
                Optional.of(reference(PRODUCTION + ":v1.0")),
                image.digest(),
                List.of(image),
                List.of(),
                List.of(evidence),
                List.of(),
                Map.of());
    }

    /** Two images below one digest that is neither's. */
    public static Candidate index(List<PlatformImage> images, VerifiedEvidence... evidence) {
        return new Candidate(
                reference(STAGING + ":1.0"),
                Optional.of(reference(PRODUCTION + ":v1.0")),
                digest("index"),
                images,
                List.of(),
                List.of(evidence),
                List.of(),
                Map.of());
    }

    public static Signer.Key key(String name) {
        return new Signer.Key(digest("key " + name).hex(), Set.of(name));
    }

    public static Observation seen(Observer observer, Instant at) {
        return new Observation(observer, at);
    }

    /** Seen where the build ran, an hour ago. */
    public static Observation seen() {
        return seen(Observer.BUILD_AGENT, NOW.minusSeconds(3_600));
    }

    public static VerifiedEvidence signature(Digest image, Signer key) {
        return evidence(image, Optional.empty(), PredicateTypes.COSIGN_SIGNATURE, StrictJson.object(), key);
    }

    public static VerifiedEvidence evidence(Digest image, Observation seen, String type, ObjectNode predicate) {
        return evidence(image, Optional.of(seen), type, predicate, key("release"));
    }

    public static VerifiedEvidence evidence(
            Digest image, Optional<Observation> seen, String type, ObjectNode predicate, Signer key) {
        Statement statement = new Statement(new Subject(Optional.empty(), image), seen, type, predicate);
        return new VerifiedEvidence(
                statement,
                key,
                Optional.empty(),
                digest("evidence " + serial++),
                Digest.of(statement.toBytes()),
                SignatureProof.NONE);
    }

    public static ObjectNode json(String text) {
        try {
            return StrictJson.parseObject(text.getBytes(UTF_8), "test", 32 << 20)
                    .node();
        } catch (InvalidInputException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The only item with this id. */
    public static Verdict.Item item(Verdict verdict, String id) {
        List<Verdict.Item> found =
                verdict.items().stream().filter(i -> i.id().equals(id)).toList();
        if (found.size() != 1) {
            throw new AssertionError("one item '" + id + "' expected in " + verdict.items());
        }
        return found.get(0);
    }
}
