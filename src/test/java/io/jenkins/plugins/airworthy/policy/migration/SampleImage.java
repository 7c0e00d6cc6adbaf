package io.jenkins.plugins.airworthy.policy.migration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.CertificateExtension;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.SignatureProof;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.policy.Candidate;
import io.jenkins.plugins.airworthy.policy.Given;
import io.jenkins.plugins.airworthy.policy.Scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The honest image of the pages for those who come from another engine, with the statements of the files in {@code sample}. A change
 * is made in one place: in the image ({@code image /config/User = ""}), in how it is asked for ({@code asked /now = "…"}), in the
 * predicate of a statement, in the certificate of its signer where the file has extensions of one, or in what is proven of its
 * signature where the file says that.
 */
final class SampleImage {
    private static final Path FOLDER = ForeignRule.FOLDER.resolve("sample");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Change change;
    private final byte[] config;
    private final PlatformImage image;
    private final ObjectNode asked;

    private SampleImage(Change change) throws Exception {
        this.change = change;
        ObjectNode described = change.in("image", json("image", ""));
        this.config = config(described);
        this.image = image(described, config);
        this.asked = change.in("asked", json("asked", ""));
    }

    /** The image with these statements, and one thing changed. */
    static SampleImage of(Optional<String> change) throws Exception {
        return new SampleImage(Change.parse(change.orElse("")));
    }

    Instant now() {
        return Instant.parse(asked.get("now").textValue());
    }

    /** What is signed about it. */
    List<VerifiedEvidence> evidence(List<String> statements) throws Exception {
        List<VerifiedEvidence> evidence = new ArrayList<>();
        for (String statement : statements) {
            if (!change.removes(statement)) {
                evidence.add(statement.equals("scan") ? scan() : statement(statement));
            }
        }
        return evidence;
    }

    /** Stores manifest and config; its layers are not there, since a verdict does not read them. */
    Manifest storeIn(ImageStore store) throws Exception {
        Samples.blob(store, MediaTypes.OCI_CONFIG, config);
        store.putManifest(image.manifest());
        return image.manifest();
    }

    Candidate with(List<String> statements) throws Exception {
        return new Candidate(
                Given.reference(asked.get("image").textValue()),
                Optional.of(Given.reference(asked.get("target").textValue())),
                image.digest(),
                Collections.nCopies(asked.get("platforms").intValue(), image),
                List.of(),
                evidence(statements),
                List.of(),
                Map.of());
    }

    private VerifiedEvidence scan() throws Exception {
        ObjectNode predicate = change.in("scan", Scan.of(image.manifest()).json());
        return Given.evidence(image.digest(), Given.seen(), PredicateTypes.VULNERABILITIES, predicate);
    }

    private VerifiedEvidence statement(String name) throws Exception {
        ObjectNode file = json(name, image.digest().toString());
        JsonNode signer = file.get("signer");
        change.in(name, (ObjectNode)
                (signer.has("extensions")
                        ? signer
                        : file.path("proof").isObject() ? file.get("proof") : file.get("predicate")));
        SignatureProof proof = new SignatureProof(
                file.at("/proof/logged").booleanValue(),
                file.at("/proof/timestamped").booleanValue(),
                "");
        Signer who = signer.isTextual() ? Given.key(signer.textValue()) : identity(signer);
        Optional<Observation> seen = file.has("observed")
                ? Optional.of(Given.seen(
                        Observer.of(file.get("observed").textValue()).orElseThrow(), Given.NOW.minusSeconds(3_600)))
                : Optional.empty();
        Statement statement = new Statement(
                new Subject(Optional.empty(), image.digest()),
                seen,
                file.get("predicateType").textValue(),
                (ObjectNode) file.get("predicate"));
        return new VerifiedEvidence(
                statement,
                who,
                Optional.empty(),
                Given.digest("manifest of " + name),
                Digest.of(statement.toBytes()),
                proof);
    }

    private static Signer.Identity identity(JsonNode signer) {
        Map<CertificateExtension, String> extensions = new EnumMap<>(CertificateExtension.class);
        signer.path("extensions")
                .properties()
                .forEach(each -> extensions.put(
                        CertificateExtension.of(each.getKey()).orElseThrow(),
                        each.getValue().textValue()));
        return new Signer.Identity(
                signer.get("issuer").textValue(), signer.get("subject").textValue(), extensions);
    }

    private static ObjectNode json(String name, String digest) throws IOException {
        return (ObjectNode)
                JSON.readTree(Files.readString(FOLDER.resolve(name + ".json")).replace("{digest}", digest));
    }

    private static byte[] config(ObjectNode described) {
        ObjectNode config = StrictJson.object().put("architecture", "amd64").put("os", "linux");
        if (described.has("created")) {
            config.set("created", described.get("created"));
        }
        config.set("config", described.get("config"));
        ArrayNode diffIds = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        for (int i = 0; i < described.get("sizes").size(); i++) {
            diffIds.add(Given.digest("archive " + i).toString());
        }
        return StrictJson.write(config);
    }

    private static PlatformImage image(ObjectNode described, byte[] config) throws Exception {
        ObjectNode manifest = StrictJson.object().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        manifest.set("config", Descriptor.of(MediaTypes.OCI_CONFIG, config).toJson());
        ArrayNode layers = manifest.putArray("layers");
        for (JsonNode size : described.get("sizes")) {
            layers.addObject()
                    .put("mediaType", MediaTypes.OCI_LAYER_GZIP)
                    .put("digest", Given.digest("layer " + layers.size()).toString())
                    .put("size", size.longValue());
        }
        if (described.has("annotations")) {
            manifest.set("annotations", described.get("annotations"));
        }
        ImageManifest parsed = (ImageManifest) Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(manifest));
        return new PlatformImage(
                parsed.digest(), Platform.parse("linux/amd64"), parsed, ImageConfig.parse(config, "config"));
    }

    /** One change, see {@link ForeignRule#change}. */
    private record Change(String name, Optional<JsonPointer> where, Optional<JsonNode> value) {
        static Change parse(String text) throws IOException {
            String[] sides = text.split(" = ", 2);
            String[] words = sides[0].strip().split(" ", 2);
            return new Change(
                    words[0],
                    words.length < 2 ? Optional.empty() : Optional.of(JsonPointer.compile(words[1])),
                    sides.length < 2 ? Optional.empty() : Optional.of(JSON.readTree(sides[1])));
        }

        boolean removes(String statement) {
            return name.equals(statement) && where.isEmpty() && value.isEmpty();
        }

        /** The document, changed if the change is in it; a member that is not there cannot be removed. */
        ObjectNode in(String document, ObjectNode content) {
            if (!name.equals(document)) {
                return content;
            }
            if (where.isEmpty()) {
                content.removeAll();
                content.setAll((ObjectNode) value.orElseThrow());
                return content;
            }
            JsonNode parent = content.at(where.get().head());
            String last = where.get().last().getMatchingProperty();
            if (parent instanceof ObjectNode map) {
                if (value.isPresent()) {
                    map.set(last, value.get());
                } else if (map.remove(last) == null) {
                    throw new AssertionError("there is no " + where.get() + " in " + document);
                }
            } else if (parent instanceof ArrayNode list) {
                int index = where.get().last().getMatchingIndex();
                if (value.isEmpty()) {
                    list.remove(index);
                } else if (index < list.size()) {
                    list.set(index, value.get());
                } else {
                    list.add(value.get());
                }
            } else {
                throw new AssertionError("there is no " + where.get().head() + " in " + document);
            }
            return content;
        }
    }
}
