package io.jenkins.plugins.airworthy.jenkins.config.scope;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.NamePattern;

import java.util.ArrayList;
import java.util.List;

/** The images that a key signs: patterns as in policies, without captures. Empty means every image. */
public record ImageScope(List<NamePattern> patterns) {
    /** How many patterns one scope may have. */
    public static final int MAX_PATTERNS = 100;

    public ImageScope {
        patterns = List.copyOf(patterns);
    }

    /** Checks an administrator's list. */
    public static ImageScope of(List<String> texts, String what) throws InvalidInputException {
        if (texts.size() > MAX_PATTERNS) {
            throw new InvalidInputException(what + ": more than the allowed " + MAX_PATTERNS + " patterns of images");
        }
        List<NamePattern> patterns = new ArrayList<>();
        for (String text : texts) {
            NamePattern pattern = NamePattern.ofImages(text);
            if (!pattern.captures().isEmpty()) {
                throw new InvalidInputException(
                        what + ": '" + text + "': use * or ** here, names in braces are not possible");
            }
            patterns.add(pattern);
        }
        return new ImageScope(patterns);
    }

    /** Whether an image is in the scope; tag and digest do not matter. */
    public boolean covers(ImageReference image) {
        return patterns.isEmpty()
                || patterns.stream().anyMatch(pattern -> pattern.match(image).isPresent());
    }
}
