package io.jenkins.plugins.airworthy.image.manifest;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The platform of an image, for example {@code linux/arm64/v8}.
 *
 * @param variant of the architecture
 */
public record Platform(String os, String architecture, Optional<String> variant) {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    public Platform {
        for (String part : new String[] {os, architecture, variant.orElse("none")}) {
            if (!PART.matcher(part).matches()) {
                throw new IllegalArgumentException("not a platform's part");
            }
        }
    }

    /** Reads {@code os/architecture} or {@code os/architecture/variant}. */
    public static Platform parse(String text) throws InvalidInputException {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new InvalidInputException("'" + text + "' is not a platform: expected for example linux/amd64");
        }
        return of(parts[0], parts[1], parts.length == 3 ? Optional.of(parts[2]) : Optional.empty());
    }

    /** Creates a platform from untrusted text, after checking it. */
    public static Platform of(String os, String architecture, Optional<String> variant) throws InvalidInputException {
        if (os.isEmpty() || architecture.isEmpty()) {
            throw new InvalidInputException(
                    "no operating system or no architecture is named, so this is not a platform: expected for example linux and amd64");
        }
        try {
            return new Platform(os, architecture, variant);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "'" + os + "/" + architecture + variant.map(v -> "/" + v).orElse("") + "' is not a platform", e);
        }
    }

    @Override
    public String toString() {
        return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
    }
}
