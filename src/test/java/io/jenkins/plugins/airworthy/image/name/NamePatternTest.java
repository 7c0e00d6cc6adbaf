package io.jenkins.plugins.airworthy.image.name;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "r.example.com/a/b, r.example.com/a/b",
        "r.example.com:5000/a/*, r.example.com:5000/a/b",
        "r.example.com/a/**, r.example.com/a/b",
        "r.example.com/a/**, r.example.com/a/b/c/d",
        "r.example.com/**/z, r.example.com/a/b/z",
        "r.example.com/app-*/x, r.example.com/app-1/x",
        "r.example.com/a/{x}/c, r.example.com/a/b/c",
        "r.example.com/{x**}, r.example.com/a/b/c",
        "localhost:5000/{x}, localhost:5000/a",
        "oci:target/{x}, oci:target/app",
        "oci:target/{x}, oci:./target/app",
        "oci:/srv/images/**, oci:/srv/images/a/b"
    })
    void matchesWhatItWasWrittenFor(String pattern, String reference) throws Exception {
        assertThat(matches(pattern, reference)).isTrue();
        assertThat(matches(pattern, reference + ":tag")).isTrue();
    }

    /** Attack 8: prefix, suffix, a wildcard over the host's border, another port, climbing folders. */
    @ParameterizedTest
    @CsvSource({
        "r.example.com/a/b, r.example.com/a/bc",
        "r.example.com/a/b, r.example.com/xa/b",
        "r.example.com/a/b, r.example.com/a/b/c",
        "r.example.com/a/**, r.example.com/a",
        "r.example.com/a/**, r.example.com/ab/c",
        "r.example.com/a/*, r.example.com/a/b/c",
        "r.example.com/**, r.example.com.evil.org/a",
        "r.example.com/**, evil.org/r.example.com/a",
        "r.example.com/**, r.example.com:5000/a",
        "r.example.com:5000/**, r.example.com/a",
        "r.example.com/{x}, r.example.com/a/b",
        "r.example.com/a.b/*, r.example.com/axb/c",
        "r.example.com/app-*/x, r.example.com/app-1/y/x",
        "oci:staging/{x**}, oci:staging/../prod/app",
        "oci:staging/{x}, oci:staging/..",
        "oci:staging/{x}, oci:/staging/app",
        "oci:/staging/{x}, oci:staging/app",
        "oci:staging/{x}, 'oci:staging/a b'",
        "oci:staging/**, staging.example.com/app",
        "r.example.com/**, oci:r.example.com/app"
    })
    void doesNotMatchWhatOnlyLooksLikeIt(String pattern, String reference) throws Exception {
        assertThat(matches(pattern, reference)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "**",
                "*/a",
                "*.example.com/a",
                "r.example.com",
                "r.example.com/",
                "r.example.com//a",
                "{host}/a",
                "{x**}",
                "r.example.com/a:tag",
                "r.example.com/a:{x}",
                "r.example.com/a@sha256:0000000000000000000000000000000000000000000000000000000000000000",
                "r.example.com/A",
                "R.example.com/a",
                "r.example.com/%61",
                "r.exämple.com/a",
                "r.example.com/ä",
                "r.example.com/../a",
                "r.example.com/{x}{y}",
                "r.example.com/a{x}",
                "r.example.com/{x",
                "r.example.com/{X}",
                "r.example.com/{x}/{x}",
                "r.example.com/{x**}/{y**}",
                "r.example.com/**/a/**",
                "r.example.com/a**",
                "r.example.com/{}",
                "r.example.com/{x*}",
                "https://r.example.com/a",
                "oci:",
                "oci:a//b",
                "oci:a/../b",
                "oci:a/b:tag",
                "oci:a/b@sha256:00"
            })
    void refusesPatternsThatMeanNothingOrTooMuch(String pattern) {
        assertThatThrownBy(() -> NamePattern.ofImages(pattern)).as(pattern).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesPatternsThatAreTooLong() {
        assertThatThrownBy(() -> NamePattern.ofImages("r.example.com/" + "a".repeat(600)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("512");
    }

    @Test
    void bindsOneAndSeveralSegments() throws Exception {
        assertThat(captures("r.example.com/{team}/x/{app**}", "r.example.com/shop/x/a/b"))
                .contains(Map.of("team", "shop", "app", "a/b"));
    }

    /** Attack 13: team A's good image onto team B's name. */
    @Test
    void aBoundPatternMatchesNothingElse() throws Exception {
        NamePattern to = NamePattern.ofImages("r.example.com/prod/{app**}").bind(Map.of("app", "shop/cart"));
        assertThat(to.match(reference("r.example.com/prod/shop/cart"))).isPresent();
        assertThat(to.match(reference("r.example.com/prod/shop/cart2"))).isEmpty();
        assertThat(to.match(reference("r.example.com/prod/shop"))).isEmpty();
        assertThat(to.match(reference("r.example.com/prod/shop/cart/x"))).isEmpty();
        assertThat(to.match(reference("r.example.com/prod/bank/cart"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.example.com/acme/{app**}, https://git.example.com/acme/shop/cart, true",
        "https://git.example.com/acme/{app**}, https://git.example.com/acme/shop/cart.git, true",
        "https://git.example.com/acme/{app**}.git, https://git.example.com/acme/shop/cart, true",
        "https://git.example.com/acme/{app**}.git, https://git.example.com/acme/shop/cart.git, true",
        "https://git.example.com/acme/cart.git, https://git.example.com/acme/cart, true",
        "https://git.example.com/acme/cart.git, https://git.example.com/acme/cart.git, true",
        "https://git.example.com/acme/cart, https://git.example.com/acme/cart.git, true",
        "https://git.example.com/acme/cart.git, https://git.example.com/acme/cart.git.git, false",
        "https://git.example.com/acme/cart.git, https://git.example.com/acme/cartgit, false",
        "https://git.example.com/acme/cart.git, https://git.example.com/acme/cart/.git, false",
        "file:///srv/git/cart.git, file:///srv/git/cart, false",
        "file:///srv/git/cart.git, file:///srv/git/cart.git, true",
        "https://git.example.com/acme/{app**}, https://git.example.com/acme/shop/cart/, false",
        "https://git.example.com/acme/{app**}, https://git.example.com/acme/bank, false",
        "https://git.example.com/acme/{app**}, http://git.example.com/acme/shop/cart, false",
        "https://git.example.com/acme/{app**}, https://git.example.com.evil.org/acme/shop/cart, false",
        "https://git.example.com/acme/{app**}, https://evil@git.example.com/acme/shop/cart, false",
        "https://git.example.com/acme/*, https://git.example.com/acme/x, true",
        "https://git.example.com/acme/*, https://git.example.com/acme/.., false",
        "https://git.example.com/acme/*, https://git.example.com/acme/%2e%2e, false",
        "https://git.example.com/acme/*, https://git.example.com/acme/x?y, false",
        "https://git.example.com/acme/**, https://git.example.com/acme/a/../../evil, false",
        "https://git.example.com/acme/**, no-url, false"
    })
    void comparesUrlsAsTheyAreWrittenButForGitAtTheEnd(String pattern, String url, boolean matches) throws Exception {
        NamePattern bound = NamePattern.ofUrls(pattern).bind(Map.of("app", "shop/cart"));
        assertThat(bound.matchesUrl(url)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"git.example.com/acme", "https://*/acme", "https://{x}/acme", "https://h", "https://h//a"})
    void refusesUrlPatternsThatNameNoHost(String pattern) {
        assertThatThrownBy(() -> NamePattern.ofUrls(pattern)).isInstanceOf(InvalidInputException.class);
    }

    private static boolean matches(String pattern, String reference) throws InvalidInputException {
        return captures(pattern, reference).isPresent();
    }

    private static Optional<Map<String, String>> captures(String pattern, String reference)
            throws InvalidInputException {
        return NamePattern.ofImages(pattern).match(reference(reference));
    }

    private static ImageReference reference(String text) throws InvalidInputException {
        return ImageReference.parse(text);
    }
}
