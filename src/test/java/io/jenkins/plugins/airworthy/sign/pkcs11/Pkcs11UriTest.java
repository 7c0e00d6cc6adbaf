package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class Pkcs11UriTest {
    private static final String MODULE = "?module-path=/usr/lib/softhsm/libsofthsm2.so";

    @Test
    void readsTheNamesThatCosignUses() throws Exception {
        Pkcs11Uri uri = Pkcs11Uri.parse("pkcs11:token=My%20token;slot-id=693599191;id=%01%ff;object=release" + MODULE);
        assertThat(uri.token()).contains("My token");
        assertThat(uri.slot()).hasValue(693599191L);
        assertThat(uri.id()).contains("01ff");
        assertThat(uri.object()).contains("release");
        assertThat(uri.module()).isEqualTo(Path.of("/usr/lib/softhsm/libsofthsm2.so"));
        assertThat(uri.objectBytes()).asString().isEqualTo("release");
        assertThat(uri.idBytes()).containsExactly(1, 0xff);
    }

    @Test
    void takesTheModuleOfTheEnvironmentIfTheNameHasNone() throws Exception {
        Pkcs11Uri uri = Pkcs11Uri.parse("pkcs11:serial=0a1b;object=x;type=private", Optional.of("/opt/module.so"));
        assertThat(uri.module()).isEqualTo(Path.of("/opt/module.so"));
        assertThat(Pkcs11Uri.parse("pkcs11:serial=0a1b;object=x" + MODULE, Optional.of("/opt/module.so"))
                        .module())
                .isEqualTo(Path.of("/usr/lib/softhsm/libsofthsm2.so"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PKCS11:token=a;object=b?module-path=/m | begins with 'pkcs11:'",
                "pkcs11:object=b?module-path=/m | names no token",
                "pkcs11:token=a?module-path=/m | names no key",
                "pkcs11:token=a;object=b | where the module's library is",
                "pkcs11:token=a;object=b?module-path=m.so | absolute module path",
                "pkcs11:token=a;object=b?module-path=/usr/../etc/m.so | without '.' and '..'",
                "pkcs11:token=a;token=a;object=b?module-path=/m | says 'token' twice",
                "pkcs11:token=a;object=b?module-path=/m&module-path=/n | says 'module-path' twice",
                "pkcs11:token=a;object=b;module-path=/m | has an unknown attribute",
                "pkcs11:token=a;object=b?module-path=/m&token=c | has an unknown attribute",
                "pkcs11:token=a;object=b?module-name=softhsm | has an unknown attribute",
                "pkcs11:token=a;object=b;library-version=1?module-path=/m | has an unknown attribute",
                "pkcs11:token=a;object=b;x-mine=1?module-path=/m | has an unknown attribute",
                "pkcs11:token=a;object=b;?module-path=/m | has an unknown attribute",
                "pkcs11:token;object=b?module-path=/m | has an unknown attribute",
                "pkcs11:token=;object=b?module-path=/m | has no value for 'token'",
                "pkcs11:token=a;object=b;type=cert?module-path=/m | only type=private",
                "pkcs11:token=a;object=b;slot-id=-1?module-path=/m | decimal number",
                "pkcs11:token=a;object=b;slot-id=1234567890123456789?module-path=/m | more than 18 bytes",
                "pkcs11:token=a%2;object=b?module-path=/m | must be written as %XX",
                "pkcs11:token=a%zz;object=b?module-path=/m | must be written as %XX",
                "pkcs11:token=a b;object=b?module-path=/m | must be written as %XX",
                "pkcs11:token=a/b;object=b?module-path=/m | must be written as %XX",
                "pkcs11:token=ä;object=b?module-path=/m | must be written as %XX",
                "pkcs11:token=%ff;object=b?module-path=/m | not UTF-8",
                "pkcs11:token=%c0%80;object=b?module-path=/m | not UTF-8",
                "pkcs11:token=a%00;object=b?module-path=/m | control characters",
                "pkcs11:token=123456789012345678901234567890123;object=b?module-path=/m | more than 32 bytes",
                "pkcs11:token=a;serial=12345678901234567;object=b?module-path=/m | more than 16 bytes"
            })
    void refusesWhatDoesNotNameOneKey(String text, String reason) {
        assertThatThrownBy(() -> Pkcs11Uri.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(reason);
    }

    /** What would end a line, a string or a block of a configuration file that somebody makes from the name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/lib/m.so%0Aslot=1",
                "/usr/lib/m.so%0D%0Aattributes(*,*,*)={}",
                "/usr/lib/m.so%00.txt",
                "/usr/lib/m.so\nname=other",
                "/usr/lib/m.so\"",
                "/usr/lib/m.so}",
                "/usr/lib/m.so;x",
                "/usr/lib/${user.home}/m.so",
                "/usr/lib/%1b[31m.so"
            })
    void refusesModulePathsThatCouldSaySomethingElse(String path) {
        assertThatThrownBy(() -> Pkcs11Uri.parse("pkcs11:token=a;object=b?module-path=" + path))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("slot=1", "other", "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkcs11:token=a;object=b;pin-value=271828?module-path=/m",
                "pkcs11:token=a;object=b?module-path=/m&pin-value=271828",
                "pkcs11:token=a;object=b?pin-source=file:/271828&module-path=/m",
                "pkcs11:pin-value=271828",
                "pkcs11:token=a;object=b?PIN-VALUE=271828&module-path=/m"
            })
    void refusesAPinInTheNameAndDoesNotRepeatIt(String text) {
        assertThatThrownBy(() -> Pkcs11Uri.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("271828");
    }

    @Test
    void saysWhereAPinBelongs() {
        assertThatThrownBy(() -> Pkcs11Uri.parse("pkcs11:token=a;object=b?pin-value=1&module-path=/m"))
                .hasMessageContaining("AIRWORTHY_PKCS11_PIN");
    }

    @Test
    void damagedNamesAreRefusedOrReadTheSameAgain() {
        Random random = new Random(11);
        String good = "pkcs11:token=My%20token;serial=ab;slot-id=6;id=%01%ff;object=release" + MODULE;
        String marks = "%;?&=:/\0\n a1é}\"";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(good);
            for (int i = random.nextInt(4); i >= 0; i--) {
                text.setCharAt(random.nextInt(text.length()), marks.charAt(random.nextInt(marks.length())));
            }
            try {
                Pkcs11Uri uri = Pkcs11Uri.parse(text.toString());
                assertThat(uri.toString()).doesNotContain("\n", "\0");
                assertThat(uri).isEqualTo(Pkcs11Uri.parse(text.toString()));
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageContaining("key");
            }
        }
    }

    @Test
    void distinguishesNamesOfHardwareKeysFromFiles() {
        assertThat(Pkcs11Uri.isMeant("pkcs11:x")).isTrue();
        assertThat(Pkcs11Uri.isMeant("PKCS11:x")).isTrue();
        assertThat(Pkcs11Uri.isMeant("release.key")).isFalse();
    }
}
