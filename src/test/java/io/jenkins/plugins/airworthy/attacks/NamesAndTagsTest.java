package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.gate.PromoteRequest;
import io.jenkins.plugins.airworthy.gate.Promotion;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.policy.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Attack 8: names that look like others, tags that move, and platforms that were not checked. */
class NamesAndTagsTest extends Attack {
    private static final String HOST = "registry.example.com";
    private Optional<String> wanted = Optional.empty();

    /** A registry by name, with folders behind it: whatever is asked for, a tricky name leads to the good image too. */
    @Override
    String place(String stage) {
        return HOST + "/" + stage;
    }

    @Override
    ImageStore open(ImageReference reference) throws AirworthyException {
        String path = ((RegistryReference) reference).path();
        boolean target = wanted.isPresent() && reference.toString().equals(wanted.get());
        String stage = target || path.startsWith("production/") ? "production" : "staging";
        return LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve(stage + "/cart")));
    }

    @Override
    PromoteRequest request() throws AirworthyException {
        PromoteRequest good = super.request();
        return new PromoteRequest(
                good.image(),
                wanted.isEmpty() ? good.target() : ImageReference.parse(wanted.get()),
                good.policy(),
                good.keys(),
                good.certificates(),
                good.summaryKey(),
                good.verifier(),
                good.observer());
    }

    /** What is judged is what is promoted: the tag is asked for its digest once. */
    @Test
    void promotesTheJudgedImageWhenItsTagMovesMeanwhile() throws Exception {
        ImageManifest evil = image("moved there by an attacker");
        stores = reference -> new PassingStore(open(reference)) {
            @Override
            public Optional<Manifest> manifest(String tag) throws AirworthyException, InterruptedException {
                Optional<Manifest> first = super.manifest(tag);
                staging.tag(TAG, evil);
                return first;
            }
        };
        assertPromoted();
        assertThat(staging.manifest(TAG)).contains(evil);
        assertThat(production.manifest(evil.digest())).isEmpty();
    }

    @Test
    void refusesTagAndDigestThatDisagree() throws Exception {
        ImageManifest bad = image("another one");
        staging.tag("other", bad);
        candidate = ImageReference.parse(place("staging") + "/cart:other@" + image.digest());
        assertInvalid(
                "staging/cart:other", bad.digest().toString(), image.digest().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.example.com/production/cart-evil:v1.0",
                "registry.example.com/production/evil-cart:v1.0",
                "registry.example.com/production/cart/evil:v1.0",
                "registry.example.com/production/team/cart:v1.0",
                "registry.example.com/productioncart:v1.0",
                "registry.example.com/evil/production/cart:v1.0",
                "registry.example.com.evil.org/production/cart:v1.0",
                "evil.org/registry.example.com/production/cart:v1.0",
                "registry.example.com:5000/production/cart:v1.0"
            })
    void refusesTargetThatOnlyLooksLikeTheRightOne(String target) throws Exception {
        wanted = Optional.of(target);
        assertRefused(
                "images", "images: ", "is not what 'registry.example.com/production/{app}' makes of this image's name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "1.0", "xv1.0", "V1.0"})
    void refusesTagThatThePolicyDoesNotAllow(String tag) throws Exception {
        wanted = Optional.of(HOST + "/production/cart:" + tag);
        assertRefused("images", "images: ", "tag '" + tag + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.example.com/staging/cart/evil:v1.0",
                "registry.example.com/stagingcart:v1.0",
                "registry.example.com.evil.org/staging/cart:v1.0",
                "evil.org/registry.example.com/staging/cart:v1.0",
                "registry.example.com:5000/staging/cart:v1.0"
            })
    void refusesImageWhoseNameOnlyLooksAllowed(String name) throws Exception {
        candidate = ImageReference.parse(name);
        assertRefused("images", "images: ", "no entry");
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com/Production/cart:v1.0, upper case",
        "REGISTRY.example.com/production/cart:v1.0, upper case in the host",
        "registry.example.com/%70roduction/cart:v1.0, encoded",
        "registry.example.com/production%2fcart:v1.0, encoded separator",
        "registry.example.com/production/../production/cart:v1.0, climbing",
        "registry.example.com/production//cart:v1.0, empty segment",
        "rеgistry.example.com/production/cart:v1.0, a Cyrillic letter in the host",
        "registry.example.com/productiоn/cart:v1.0, a Cyrillic letter in the path",
        "xn--rgistry-1of.example.com./production/cart:v1.0, a dot at the end of the host",
        "0x7f.1/production/cart:v1.0, an address in another form"
    })
    void refusesMalformedImageName(String name, String trick) throws Exception {
        wanted = Optional.of(name);
        List<String> before = published();
        assertThatThrownBy(this::promote)
                .as(trick)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("not an image reference");
        assertUntouched(before);
    }

    @ParameterizedTest
    @CsvSource({
        "**, expected host/path",
        "*/staging/{app}, the host must be written out",
        "*.example.com/staging/{app}, the host must be written out",
        "{host}/staging/{app}, the host must be written out",
        "registry.example.com**/{app}, the host must be written out",
        "registry.example.com/STAGING/{app}, not an image reference",
        "registry.example.com/staging/%2a/{app}, not an image reference",
        "registry.exämple.com/staging/{app}, not an image reference"
    })
    void refusesPolicyWhosePatternReachesOverTheHostOrIsMalformed(String pattern, String why) throws Exception {
        changePolicy("from: \"registry.example.com/staging/{app}\"", "from: \"" + pattern + "\"");
        assertInvalid("production.yaml:9:14: ", why);
    }

    /** One platform was scanned, the other was not. */
    @Test
    void refusesIndexWithAPlatformThatNobodyChecked() throws Exception {
        ImageManifest checked = image;
        ImageManifest unchecked = Samples.image(staging, "linux/arm64", "nobody looked at this");
        Manifest index = index(checked, unchecked);
        assertRefused(
                "tests,vulnerabilities,secrets",
                index.digest().toString(),
                "tests on linux/arm64: no test result about "
                        + unchecked.digest().abbreviated(),
                "vulnerabilities on linux/arm64: no scan result about "
                        + unchecked.digest().abbreviated());
    }

    /** The scan must be about this child, not about another child that the index had before. */
    @Test
    void refusesIndexWhoseChildDiffersFromWhatWasScanned() throws Exception {
        ImageManifest scanned = Samples.image(staging, "linux/arm64", "as it was scanned");
        attach(scanned, tests(scanned, TestResult.Outcome.PASSED, NOW), release);
        attach(scanned, Scan.of(scanned).statement(), release);
        ImageManifest exchanged = Samples.image(staging, "linux/arm64", "as it is now");
        index(image, exchanged);
        assertRefused(
                "tests,vulnerabilities,secrets",
                "vulnerabilities on linux/arm64: no scan result about "
                        + exchanged.digest().abbreviated());
    }

    @Test
    void promotesIndexOfCheckedPlatforms() throws Exception {
        ImageManifest other = Samples.image(staging, "linux/arm64", "looked at too");
        attach(other, tests(other, TestResult.Outcome.PASSED, NOW), release);
        attach(other, Scan.of(other).statement(), release);
        Manifest index = index(image, other);
        assertThat(promote()).isInstanceOf(Promotion.Promoted.class);
        assertThat(production.manifest(TAG)).contains(index);
    }

    private Manifest index(ImageManifest... children) throws Exception {
        Descriptor[] listed = new Descriptor[children.length];
        for (int i = 0; i < children.length; i++) {
            listed[i] = children[i].descriptor();
        }
        Manifest index = Samples.put(staging, Samples.index(listed));
        sign(index, release);
        attach(index, provenance(index), release);
        staging.tag(TAG, index);
        return index;
    }
}
