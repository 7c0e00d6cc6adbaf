package io.jenkins.plugins.airworthy.image.name;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ImageReferenceTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @Test
    void readsTheFormsOfARegistry() throws InvalidInputException {
        RegistryReference both =
                (RegistryReference) ImageReference.parse("registry.example.com:5000/team/my_app:1.2@" + DIGEST);
        assertThat(both.host()).isEqualTo("registry.example.com:5000");
        assertThat(both.path()).isEqualTo("team/my_app");
        assertThat(both.tag()).contains("1.2");
        assertThat(both.digest()).contains(Digest.parse(DIGEST));
        assertThat(both.repository()).isEqualTo("registry.example.com:5000/team/my_app");
        assertThat(both.at(Digest.parse(DIGEST))).hasToString("registry.example.com:5000/team/my_app@" + DIGEST);
        assertThat(both.tagged("2")).hasToString("registry.example.com:5000/team/my_app:2");
    }

    @Test
    void readsTheFormsOfALayoutFolder() throws InvalidInputException {
        LayoutReference both = (LayoutReference) ImageReference.parse("oci:some/Folder with space:1.0@" + DIGEST);
        assertThat(both.folder()).isEqualTo(Path.of("some/Folder with space"));
        assertThat(both.tag()).contains("1.0");
        assertThat(both.digest()).contains(Digest.parse(DIGEST));
        assertThat(ImageReference.parse("oci:/abs").tag()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost/app:1",
                "localhost:5000/app",
                "127.0.0.1:5000/app:1.0",
                "10.0.0.1/app",
                "[::1]:5000/app:x",
                "[2001:db8::17]/app",
                "docker.io/library/alpine:3.20",
                "xn--bcher-kva.example/a/b/c/d",
                "registry.example.com/a.b/c_d/e__f/g---h:A_.-z",
                "r.example/app:t._-",
                "r-1.example.com:65535/0/1",
                "oci:folder:tag",
                "oci:./folder",
                "oci:../folder:1"
            })
    void writesWhatItRead(String text) throws InvalidInputException {
        ImageReference read = ImageReference.parse(text);
        assertThat(read).hasToString(text);
        assertThat(ImageReference.parse(read + "@" + DIGEST)).hasToString(text + "@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "alpine",
                "alpine:3.20",
                "library/alpine:3.20",
                "host:5000",
                "/app:1",
                "registry.example.com/",
                "registry.example.com//app",
                "registry.example.com/app/",
                "registry.example.com/App:1",
                "Registry.example.com/app:1",
                "registry.example.com/a%2e%2e/app",
                "registry.example.com/%61pp",
                "registry.example.com/../app",
                "registry.example.com/./app",
                "registry.example.com/team/..",
                "registry.example.com/a..b",
                "registry.example.com/a___b",
                "registry.example.com/-app",
                "registry.example.com/app-",
                "registry.example.com/_catalog",
                "registry.example.com/app?x=1",
                "registry.example.com/app#x",
                "registry.example.com/app\\x",
                "registry.example.com/app:1:2",
                "registry.example.com/app:",
                "registry.example.com/app:-x",
                "registry.example.com/app:.x",
                "registry.example.com/app:a/b",
                "registry.example.com/app@",
                "registry.example.com/app@sha512:00",
                "registry.example.com/app:1.0 ",
                " registry.example.com/app:1.0",
                "registry.example.com/app:1.0\n",
                "registry.example.com/app\n:1.0",
                "registry.example.com/app:1\u0000",
                "registry.example.com./app",
                ".registry.example.com/app",
                "registry..example.com/app",
                "-registry.example.com/app",
                "registry-.example.com/app",
                "reg_istry.example.com/app",
                "bücher.example/app",
                "ｒegistry.example.com/app",
                "registry.example.com/аpp",
                "registry.example.com:0/app",
                "registry.example.com:05000/app",
                "registry.example.com:65536/app",
                "registry.example.com:99999/app",
                "registry.example.com:/app",
                "registry.example.com:5000:5000/app",
                "registry.example.com:port/app",
                "user@registry.example.com/app",
                "user:password@registry.example.com/app",
                "http://registry.example.com/app",
                "https://registry.example.com/app:1",
                "docker://registry.example.com/app",
                "oci-archive:x.tar",
                "OCI:folder:tag",
                "[::1]",
                "[::1/app",
                "::1/app",
                "[:::::]/app",
                "[::gg]/app",
                "[1:2:3:4:5:6:7:8:9]/app",
                "[::1%25eth0]/app",
                "[::1]x/app",
                "127.1/app",
                "0x7f.1/app",
                "127.0.0.01/app",
                "0177.0.0.1/app",
                "256.1.1.1/app",
                "2130706433:80/app",
                "0x7f000001:80/app",
                "1.2.3.4.5/app",
                "--image/app",
                "oci:",
                "oci::tag",
                "oci: :tag",
                "oci:folder:",
                "oci:folder:a:b",
                "oci:folder:../tag",
                "oci:folder:tag@x",
                "oci:a@b:tag",
                "oci:folder\n:tag",
                "oci:folder\u202e:tag",
                "oci:folder\u0000:tag"
            })
    void refusesWhatCouldMeanSomethingElse(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesTwoDigestsAndInvalidDigests() {
        for (String digest : new String[] {
            DIGEST + "@" + DIGEST,
            DIGEST + ":tag",
            DIGEST.toUpperCase(Locale.ROOT),
            "sha256:" + "ABCDEF0123456789".repeat(4),
            DIGEST.substring(1),
            DIGEST + "0",
            DIGEST.substring(0, 70),
            "sha256-" + "0".repeat(64),
            " " + DIGEST
        }) {
            assertThatThrownBy(() -> ImageReference.parse("registry.example.com/app@" + digest))
                    .as(digest)
                    .isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> ImageReference.parse("oci:folder@" + digest))
                    .as(digest)
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void boundsTheLengthOfNamesAndTags() throws InvalidInputException {
        String longest = "registry.example.com/" + "a".repeat(254 - "registry.example.com".length());
        assertThat(ImageReference.parse(longest + ":" + "t".repeat(128))).isNotNull();
        assertThatThrownBy(() -> ImageReference.parse(longest + "a")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> ImageReference.parse(longest + ":" + "t".repeat(129)))
                .isInstanceOf(InvalidInputException.class);
        for (String part : new String[] {"a/", "a.", "a-", "1.", "a:", "@"}) {
            assertThatThrownBy(() -> ImageReference.parse("h.example/" + part.repeat(2_000) + "a"))
                    .isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> ImageReference.parse(part.repeat(2_000) + "a/a"))
                    .isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(() -> ImageReference.parse("x".repeat(ImageReference.MAX_LENGTH + 1)))
                .hasMessageContaining("at most 4096 characters");
    }

    @Test
    void cannotBeMadeOfPartsThatCouldNotBeRead() {
        Optional<String> tag = Optional.of("../1.0");
        assertThatThrownBy(() -> new RegistryReference("h.example", "app", tag, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RegistryReference("h.example/x", "app", Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RegistryReference("h.example", "../app", Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LayoutReference(Path.of("x"), tag, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhatToWriteInstead() {
        assertThatThrownBy(() -> ImageReference.parse("alpine:3.20"))
                .hasMessageContaining("does not name its registry: write for example docker.io/library/alpine:3.20");
    }

    /** As docker, podman and crane write and read the same image. */
    @ParameterizedTest
    @CsvSource({
        "docker.io/alpine:3,docker.io/library/alpine:3",
        "index.docker.io/library/alpine:3,docker.io/library/alpine:3",
        "registry-1.docker.io/acme/app:3,docker.io/acme/app:3",
        "docker.io.example.com/alpine:3,docker.io.example.com/alpine:3"
    })
    void dockerHubHasSeveralNames(String written, String meant) throws Exception {
        assertThat(ImageReference.parse(written)).hasToString(meant);
    }

    @Test
    void saysHowLongANameMayBe() {
        String name = "r.example.com/" + "a".repeat(300);
        assertThatThrownBy(() -> ImageReference.parse(name + ":1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has 314 characters")
                .hasMessageContaining("at most 255");
    }
}
