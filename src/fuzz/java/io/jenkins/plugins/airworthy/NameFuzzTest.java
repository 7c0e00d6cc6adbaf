package io.jenkins.plugins.airworthy;

import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.NamePattern;
import io.jenkins.plugins.airworthy.policy.rule.Durations;
import io.jenkins.plugins.airworthy.policy.waiver.Waiver;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** Patterns for names, and names of packages: no pattern reaches a host that it does not write. */
public final class NameFuzzTest {
    private static final String[] WORDS = {
        "*", "**", "{x}", "{x**}", "{", "}", "/", "//", ":", "@", "registry.example.com", "..", "%2f", "?"
    };

    @TestFactory
    Stream<DynamicTest> everyNameIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.ofText("image-pattern", NameFuzzTest::readImagePattern)
                        .names("'|a pattern")
                        .seeds(
                                "registry.example.com/staging/{app**}",
                                "registry.example.com/*/app*",
                                "localhost:5000/**",
                                "registry.example.com/a/{x}/{y}")
                        .others("*/a", "oci:folder/**")
                        .words(WORDS),
                Target.ofText("url-pattern", NameFuzzTest::readUrlPattern)
                        .names("'|a pattern")
                        .seeds(
                                "https://git.example.com/acme/{app**}",
                                "https://git.example.com/*",
                                "https://git.example.com/a")
                        .words(WORDS),
                Target.ofText("waived-package", NameFuzzTest::readPackage)
                        .names("package")
                        .seeds(
                                "pkg:maven/org.example/lib@1.0",
                                "pkg:npm/%40scope/name",
                                "openssl",
                                "pkg:deb/debian/zlib")
                        .words("pkg:", "@", "?", "#", "%40", "%2F", "/", "maven", "//"),
                Target.ofText("duration", text -> Durations.parse(text)
                                .ifPresent(duration -> hold(!duration.isNegative(), "less than no time")))
                        .names("")
                        .seeds("24h", "7d", "30m")
                        .words("h", "d", "m", "s", "9", "P1D", "-"));
    }

    private static void readImagePattern(String text) throws InvalidInputException {
        NamePattern pattern = NamePattern.ofImages(text);
        for (String other : List.of(
                "evil.example/staging/app", "registry.example.com.evil.example/staging/app", "evil.example:5000/a/b")) {
            boolean written = text.contains("evil");
            hold(written || pattern.match(ImageReference.parse(other)).isEmpty(), "matches another host: " + other);
        }
        if (pattern.captures().isEmpty() && !text.contains("*")) {
            Optional<ImageReference> itself = reference(text);
            hold(
                    itself.isEmpty()
                            || itself.get().tag().isPresent()
                            || itself.get().digest().isPresent()
                            || pattern.match(itself.get()).isPresent(),
                    "a name does not match itself");
        }
    }

    private static Optional<ImageReference> reference(String text) {
        try {
            return Optional.of(ImageReference.parse(text));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    private static void readUrlPattern(String text) throws InvalidInputException {
        NamePattern pattern = NamePattern.ofUrls(text);
        hold(text.contains("evil") || !pattern.matchesUrl("https://evil.example/acme/app"), "matches another host");
    }

    private static void readPackage(String text) throws InvalidInputException {
        Waiver.requirePackage(text);
        Optional<PackageName> name = PackageName.parse(text);
        hold(name.isEmpty() || name.get().covers(name.get()), "a package does not cover itself");
    }
}
