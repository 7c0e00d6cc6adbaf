package io.jenkins.plugins.airworthy.scan;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The configuration with which Trivy looks for secrets: all its rules and none of its exceptions. The exceptions exclude paths
 * that the maker of an image chooses ({@code vendor}, {@code tests}, {@code /usr/lib}, Markdown, …). Trivy disables an exception
 * only by its name.
 */
final class SecretRules {
    /** The names of Trivy's exceptions in version 0.74. */
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

    /** The name of the configuration. Trivy skips files of the image with this name, so it is a whiteout's, which no file can have. */
    static final String FILE = ".wh.secret-rules.yaml";

    private SecretRules() {}

    /** Returns the configuration's content; with an empty list of patterns Trivy skips no path. */
    static byte[] bytes() {
        return ("disable-allow-rules: [" + String.join(", ", EXCEPTIONS) + "]\nskip-patterns: []\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
