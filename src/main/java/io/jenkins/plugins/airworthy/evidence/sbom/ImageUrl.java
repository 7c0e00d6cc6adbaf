package io.jenkins.plugins.airworthy.evidence.sbom;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A package URL of type {@code oci}
 * (<a href="https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md">purl-spec</a>): an image, by the last part
 * of its name. Registry and repository are in the qualifier {@code repository_url}, which is optional.
 *
 * @param repository {@code host/path}; empty if the URL does not tell it
 * @param narrowed what of the repository is meant, a digest or a tag; empty for all of it
 */
public record ImageUrl(Optional<String> repository, Optional<String> narrowed) {
    private static final String TYPE = "oci";
    private static final String REPOSITORY = "repository_url";

    /** Reads a URL; empty if it is none of an image, or its repository is not one, or another than its name says. */
    public static Optional<ImageUrl> parse(String url) {
        try {
            PackageURL parsed = new PackageURL(url);
            if (!parsed.getType().equals(TYPE)) {
                return Optional.empty();
            }
            Map<String, String> qualifiers = parsed.getQualifiers() == null ? Map.of() : parsed.getQualifiers();
            Optional<String> narrowed =
                    Optional.ofNullable(parsed.getVersion()).or(() -> Optional.ofNullable(qualifiers.get("tag")));
            if (!qualifiers.containsKey(REPOSITORY)) {
                return Optional.of(new ImageUrl(Optional.empty(), narrowed));
            }
            ImageReference image = ImageReference.parse(qualifiers.get(REPOSITORY));
            boolean whole = image instanceof RegistryReference registry
                    && registry.tag().isEmpty()
                    && registry.digest().isEmpty()
                    && lastOf(registry).equalsIgnoreCase(parsed.getName());
            return whole ? Optional.of(new ImageUrl(Optional.of(image.repository()), narrowed)) : Optional.empty();
        } catch (MalformedPackageURLException | InvalidInputException e) {
            return Optional.empty();
        }
    }

    /** The URL of an image, with its digest if the reference has one. */
    public static String of(RegistryReference image) {
        try {
            return new PackageURL(
                            TYPE,
                            null,
                            lastOf(image),
                            image.digest().map(Digest::toString).orElse(null),
                            new TreeMap<>(Map.of(REPOSITORY, image.repository())),
                            null)
                    .canonicalize();
        } catch (MalformedPackageURLException e) {
            throw new IllegalStateException("the name of an image is a name for a package URL", e);
        }
    }

    private static String lastOf(RegistryReference image) {
        return image.path().substring(image.path().lastIndexOf('/') + 1);
    }
}
