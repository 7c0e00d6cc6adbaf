package io.jenkins.plugins.airworthy.image.registry;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Addresses that others wrote; the examples are those of RFC 3986, section 5.4, without what has a fragment alone. */
class UriReferenceTest {
    private static final URI BASE = URI.create("http://a/b/c/d;p?q");

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "http://g/x http://g/x",
                "g http://a/b/c/g",
                "./g http://a/b/c/g",
                "g/ http://a/b/c/g/",
                "/g http://a/g",
                "//g http://g",
                "?y http://a/b/c/d;p?y",
                "g?y http://a/b/c/g?y",
                ";x http://a/b/c/;x",
                "g;x http://a/b/c/g;x",
                "'' http://a/b/c/d;p?q",
                ". http://a/b/c/",
                "./ http://a/b/c/",
                ".. http://a/b/",
                "../ http://a/b/",
                "../g http://a/b/g",
                "../.. http://a/",
                "../../g http://a/g",
                "../../../g http://a/g",
                "/./g http://a/g",
                "/../g http://a/g",
                "g. http://a/b/c/g.",
                "..g http://a/b/c/..g",
                "./../g http://a/b/g",
                "g/./h http://a/b/c/g/h",
                "g/../h http://a/b/c/h",
                "g;x=1/../y http://a/b/c/y",
                "g?y/../x http://a/b/c/g?y/../x",
                "g#s http://a/b/c/g",
                "//g//h/ http://g//h/",
                "./a:b http://a/b/c/a:b",
                "?_state=a|b{c}^d http://a/b/c/d;p?_state=a%7Cb%7Bc%7D%5Ed",
                "?a=%7C|b http://a/b/c/d;p?a=%7C%7Cb",
            })
    void resolvesAsTheStandardSays(String written, String expected) {
        assertThat(UriReference.parse(written).against(BASE)).isEqualTo(URI.create(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sha256:abc?at=1", "ht tp://x", "a\\b", "a\nb", "?a=%zz", "http://a b/", "//a|b/", "\u0000"})
    void refusesMalformedAddresses(String written) {
        assertThatThrownBy(() -> requireUsable(UriReference.parse(written).against(BASE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void requireUsable(URI uri) {
        if (!Origin.isUsable(uri)) {
            throw new IllegalArgumentException("not usable");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/token", "//host/token", "?x"})
    void refusesARelativeAddressAsAnAbsoluteOne(String written) {
        assertThatThrownBy(() -> UriReference.parse(written).whole()).isInstanceOf(IllegalArgumentException.class);
    }
}
