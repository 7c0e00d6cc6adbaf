package io.jenkins.plugins.airworthy.scan;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How Trivy looks for secrets: with all its rules and none of its exceptions. Those pass over paths that whoever makes an image
 * chooses ({@code vendor}, {@code tests}, {@code /usr/lib}, Markdown, …); none of them can be switched off but by its name.
 */
final class SecretRules {
    /** Trivy's own exceptions as of version 0.74. */
    static final List<String> EXCEPTIONS = List.of(
            "dist-info",
            "tests",
            "examples",
            "vendor",
            "usr-dirs",
            "locale-dir",
            "markdown",
            "node.js",
            "golang",
            "python",
            "rubygems",
            "wordpress",
            "anaconda-log");

    /** Trivy passes over a file of the image with this name, so it is one that no file of an image can have: a whiteout's. */
    static final String FILE = ".wh.secret-rules.yaml";

    private SecretRules() {}

    /** The file that Trivy is given; an empty list of patterns stands for no path that is skipped. */
    static byte[] bytes() {
        return ("disable-allow-rules: [" + String.join(", ", EXCEPTIONS) + "]\nskip-patterns: []\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
