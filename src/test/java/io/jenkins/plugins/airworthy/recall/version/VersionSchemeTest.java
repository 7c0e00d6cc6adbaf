package io.jenkins.plugins.airworthy.recall.version;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;

class VersionSchemeTest {
    /** Each line is a scheme and its versions in order. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "npm 0.0.1 0.1.0-alpha 0.1.0-alpha.1 0.1.0-alpha.beta 0.1.0-beta 0.1.0-beta.2 0.1.0-beta.11 0.1.0-rc.1 0.1.0 0.2.0 0.10.0 1.0.0-0 1.0.0 1.0.1 2.0.0 10.0.0 99999999999999999999.0.0",
                "golang v0.0.0-20191109021931-daa7c04131f5 v0.0.0-20200101000000-000000000000 v1.0.0 v1.2.3-pre v1.2.3 v2.0.0+incompatible",
                "pypi 1.0.dev1 1.0a1.dev1 1.0a1 1.0a2 1.0b1 1.0rc1 1.0 1.0+abc 1.0+abc.1 1.0+1 1.0.post1.dev1 1.0.post1 1.0.1 1.1 1.10 2!0.1",
                "maven 1-alpha-1 1-alpha-2 1-beta-1 1-milestone-1 1-rc-1 1-SNAPSHOT 1 1-sp 1-abc 1-xyz 1-1 1.1 1.2 1.10 2",
                "deb 1.0~~ 1.0~~a 1.0~ 1.0~rc1-1 1.0 1.0-1 1.0-1+deb12u1 1.0-2 1.0-10 1.0a 1.0+dfsg-1 1.1 1:0.1",
                "rpm 1.a-1 1.0~rc1-1 1.0-1 1.0-1.el9 1.0-2 1.0^20200101-1 1.0.1-1 1.0.10-1 1.1-1 1:0.5-1",
                "apk 1.0_alpha 1.0_alpha2 1.0_beta 1.0_pre 1.0_rc1 1.0 1.0-r1 1.0-r10 1.0_git20200101 1.0_p1 1.0a 1.0.1 1.02.0 1.1 1.10",
            })
    void ordersVersions(String line) {
        String[] words = line.split(" ", -1);
        VersionScheme scheme = VersionScheme.of(words[0]).orElseThrow();
        for (int i = 1; i < words.length; i++) {
            for (int j = 1; j < words.length; j++) {
                assertThat(scheme.compare(words[i], words[j]).stream()
                                .map(Integer::signum)
                                .toArray())
                        .as(words[i] + " and " + words[j])
                        .containsExactly(Integer.compare(i, j));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "npm, 1.0.0+build, 1.0.0",
        "golang, v1.0.0, 1.0.0",
        "pypi, 1.0, 1.0.0",
        "pypi, 1.0-1, 1.0.post1",
        "pypi, v1.0RC1, 1.0c1",
        "maven, 1.0.0, 1",
        "maven, 1-ga, 1.0-FINAL",
        "maven, 1-a1, 1-alpha-1",
        "maven, 1.0.RC1, 1-cr1",
        "deb, 0:1.0-0, 1.0",
        "rpm, 0:1.0-1, 1.0-1",
        "apk, 1.0-r0, 1.0"
    })
    void takesSpellingsForOne(String scheme, String a, String b) {
        assertThat(VersionScheme.of(scheme).orElseThrow().compare(a, b)).isEqualTo(OptionalInt.of(0));
    }

    @ParameterizedTest
    @CsvSource({
        "npm, 1.0",
        "npm, 01.0.0",
        "npm, latest",
        "pypi, 2004d",
        "maven, '1 0'",
        "deb, x",
        "rpm, 1-2-3",
        "apk, 1.0_foo",
        "rpm, ''"
    })
    void doesNotGuessTheOrderOfWhatIsNoVersion(String scheme, String text) {
        assertThat(VersionScheme.of(scheme).orElseThrow().compare(text, "1.0.0"))
                .isEmpty();
        assertThat(VersionScheme.of(scheme).orElseThrow().compare("1".repeat(300), "1.0.0"))
                .isEmpty();
    }

    @Test
    void knowsNoOtherScheme() {
        assertThat(VersionScheme.of("gem")).isEmpty();
        assertThat(VersionScheme.of("nuget")).isEmpty();
        assertThat(VersionScheme.of("generic")).isEmpty();
    }

    @Test
    void doesNotGuessTheReleaseOfAnRpm() {
        assertThat(VersionScheme.RPM.compare("1.0", "1.0-2")).isEmpty();
        assertThat(VersionScheme.RPM.compare("1.1", "1.0-2")).hasValue(1);
        assertThat(VersionScheme.RPM.compare("1.0-2", "1.0")).hasValue(0);
    }
}
