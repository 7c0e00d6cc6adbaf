package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.ManifestBytes;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds every image of a manifest that an engine could run. No child of an index is ignored: it is an image,
 * an attestation of one (as BuildKit writes them), or a problem.
 */
final class PlatformReader {
    /** How many children an index of images may have; each takes two requests. */
    static final int MAX_PLATFORMS = 200;

    /** What all manifests and configs of an index may take in memory, in bytes: some hundred times what is usual. */
    static final int MAX_MEMORY = 8 * 1024 * 1024;

    /** The platform that BuildKit lists attestations for, so that no engine chooses them. */
    private static final String NOWHERE = "unknown/unknown";

    private static final String REFERENCE_TYPE = "vnd.docker.reference.type";
    private static final String REFERENCE_DIGEST = "vnd.docker.reference.digest";

    private final ImageStore store;
    private final Manifest root;
    private final Map<Digest, PlatformImage> platforms = new LinkedHashMap<>();
    private final Map<Descriptor, ImageConfig> configs = new HashMap<>();
    private final Map<Descriptor, String> refused = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private long memory;

    PlatformReader(ImageStore store, Manifest root) {
        this.store = store;
        this.root = root;
    }

    List<PlatformImage> platforms() {
        return List.copyOf(platforms.values());
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    void read() throws AirworthyException, InterruptedException {
        if (root instanceof ImageManifest image) {
            add(image, root.descriptor());
        } else if (root.children().size() > MAX_PLATFORMS) {
            problems.add("the index has more than the allowed " + MAX_PLATFORMS + " children");
        } else {
            readChildren();
        }
        if (platforms.isEmpty() && problems.isEmpty()) {
            problems.add("the index names no image");
        }
    }

    private void readChildren() throws AirworthyException, InterruptedException {
        Map<Descriptor, ImageManifest> attestations = new LinkedHashMap<>();
        for (Descriptor child : root.children()) {
            if (memory > MAX_MEMORY) {
                problem(
                        child,
                        "cannot be read as well: the manifests and configs before it take more than the allowed "
                                + MAX_MEMORY + " bytes of memory");
                return;
            }
            Optional<ImageManifest> read = readChild(child);
            if (read.isPresent() && holdsOnlyStatements(read.get())) {
                if (mayRun(child, read.get())) {
                    problem(child, "contains statements, yet an engine could choose it to run: list it for " + NOWHERE);
                }
                attestations.put(child, read.get());
            } else if (read.isPresent()) {
                add(read.get(), child);
            }
        }
        for (Map.Entry<Descriptor, ImageManifest> attestation : attestations.entrySet()) {
            Optional<String> about = reference(attestation.getKey(), attestation.getValue());
            if (platforms.keySet().stream().noneMatch(d -> about.equals(Optional.of(d.toString())))) {
                problem(attestation.getKey(), "contains statements but refers to no image of this index");
            }
        }
    }

    private Optional<ImageManifest> readChild(Descriptor child) throws AirworthyException, InterruptedException {
        if (MediaTypes.INDEXES.contains(child.mediaType())) {
            problem(child, "is an index in an index; only images are judged there");
            return Optional.empty();
        }
        if (!MediaTypes.IMAGES.contains(child.mediaType())) {
            problem(child, "has the unknown media type '" + child.mediaType() + "'");
            return Optional.empty();
        }
        Optional<Manifest> read;
        try {
            read = store.manifest(child.digest());
        } catch (InvalidInputException e) {
            problem(child, "cannot be understood: " + e.getMessage());
            return Optional.empty();
        }
        if (read.isEmpty()) {
            problem(child, "is listed but not there");
            return Optional.empty();
        }
        memory += read.get().memory();
        ManifestBytes content = read.get().content();
        if (read.get() instanceof ImageManifest image
                && content.mediaType().equals(child.mediaType())
                && content.size() == child.size()) {
            return Optional.of(image);
        }
        problem(child, "is of another media type or size than the index says");
        return Optional.empty();
    }

    private void add(ImageManifest image, Descriptor listed) throws AirworthyException, InterruptedException {
        if (!image.hasImageConfig()) {
            problem(listed, "is not an image: its config is '" + image.config().mediaType() + "'");
            return;
        }
        ImageConfig config;
        try {
            config = config(image.config());
        } catch (InvalidInputException e) {
            problem(listed, "has a config that cannot be understood: " + e.getMessage());
            return;
        }
        if (config.diffIds().size() != image.layers().size()) {
            problem(
                    listed,
                    "has " + Count.of(image.layers().size(), "layer") + " but its config names "
                            + config.diffIds().size());
        } else {
            contradiction(image, config).ifPresent(said -> problem(listed, said));
        }
        if (listed.platform().isPresent() && !agree(listed.platform().get(), config.platform())) {
            problem(listed, "is listed for " + listed.platform().get() + " but made for " + config.platform());
        }
        platforms.put(image.digest(), new PlatformImage(image.digest(), config.platform(), image, config));
    }

    /**
     * Finds a contradiction between manifest and config without reading a layer: an uncompressed layer has the digest of its
     * content, and two equal layers have the same content.
     */
    private static Optional<String> contradiction(ImageManifest image, ImageConfig config) {
        Map<Digest, Digest> contents = new HashMap<>();
        for (int i = 0; i < image.layers().size(); i++) {
            Descriptor layer = image.layers().get(i);
            Digest content = config.diffIds().get(i);
            Digest before = contents.putIfAbsent(layer.digest(), content);
            if (before != null && !before.equals(content)) {
                return Optional.of(
                        "has the layer " + layer.digest() + " twice, but its config says that the two differ");
            }
            if (MediaTypes.PLAIN_LAYERS.contains(layer.mediaType())
                    && !layer.digest().equals(content)) {
                return Optional.of("has the layer " + layer.digest()
                        + ", which is not compressed, but its config says that it contains " + content);
            }
        }
        return Optional.empty();
    }

    /** Several manifests may name one config, which is read and held once, or refused once. */
    private ImageConfig config(Descriptor named) throws AirworthyException, InterruptedException {
        Descriptor blob = new Descriptor(named.mediaType(), named.digest(), named.size());
        if (refused.containsKey(blob)) {
            throw new InvalidInputException(refused.get(blob));
        }
        ImageConfig known = configs.get(blob);
        if (known != null) {
            return known;
        }
        try {
            ImageConfig config =
                    ImageConfig.parse(store.readBlob(blob, ImageConfig.MAX_BYTES), "config " + blob.digest());
            memory += blob.size() + (long) config.values() * Manifest.BYTES_OF_A_VALUE;
            configs.put(blob, config);
            return config;
        } catch (InvalidInputException e) {
            refused.put(blob, e.getMessage());
            throw e;
        }
    }

    /** Many tools leave out the variant in one of the two places. */
    private static boolean agree(Platform listed, Platform made) {
        boolean variants = listed.variant().isEmpty()
                || made.variant().isEmpty()
                || listed.variant().equals(made.variant());
        return listed.os().equals(made.os()) && listed.architecture().equals(made.architecture()) && variants;
    }

    private static boolean holdsOnlyStatements(ImageManifest manifest) {
        return !manifest.layers().isEmpty()
                && manifest.layers().stream().allMatch(l -> l.mediaType().equals(MediaTypes.IN_TOTO));
    }

    /** Engines choose by the platform that is listed, or else by the config's, and not all of them ask what layers are. */
    private static boolean mayRun(Descriptor listed, ImageManifest manifest) {
        return listed.platform()
                .map(platform -> !platform.toString().equals(NOWHERE))
                .orElse(manifest.hasImageConfig());
    }

    /** What an attestation manifest is about, as BuildKit writes it: by annotations, newer ones by subject. */
    private static Optional<String> reference(Descriptor listed, ImageManifest manifest) {
        if ("attestation-manifest".equals(listed.annotations().get(REFERENCE_TYPE))) {
            return Optional.ofNullable(listed.annotations().get(REFERENCE_DIGEST));
        }
        return manifest.subject().map(subject -> subject.digest().toString());
    }

    private void problem(Descriptor part, String problem) {
        boolean whole = part.digest().equals(root.digest());
        problems.add((whole ? "the manifest " : "the child ") + part.digest() + " " + problem);
    }
}
