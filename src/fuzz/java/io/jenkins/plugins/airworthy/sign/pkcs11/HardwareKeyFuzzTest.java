package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Names of keys in hardware modules, and the numbers that modules tell of them. */
public final class HardwareKeyFuzzTest {
    /** Length of the parameters, the parameters of P-256, and its generator as a point. */
    private static final String POINT = "0441046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
            + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    @TestFactory
    Stream<DynamicTest> everyNameIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.ofText("pkcs11-uri", HardwareKeyFuzzTest::readUri)
                        .names("hardware module|PKCS #11")
                        .seeds(
                                "pkcs11:token=release;object=key%201;type=private?module-path=/usr/lib/softhsm/libsofthsm2.so",
                                "pkcs11:slot-id=7;id=%01%02;serial=ab?module-path=/x.so")
                        .words(
                                ";",
                                "=",
                                "?",
                                "&",
                                "%",
                                "%00",
                                "%2F",
                                "%zz",
                                "pin-value=1234",
                                "pin-source=/x",
                                "token=",
                                "object=",
                                "id=%01",
                                "module-path=",
                                "module-path=/../x",
                                "slot-id=-1",
                                "slot-id=99999999999999999999",
                                "type=public",
                                "pkcs11:",
                                "PKCS11:"),
                Target.of("token-numbers", Form.BYTES, HardwareKeyFuzzTest::readNumbers)
                        .names("the key's source")
                        .seeds(List.of(HexFormat.of().parseHex("0a06082a8648ce3d030107" + POINT))));
    }

    private static void readUri(String text) throws InvalidInputException {
        try {
            Pkcs11Uri read = Pkcs11Uri.parse(text, Optional.of("/default.so"));
            hold(!text.matches("(?s).*[;?&:]pin-(value|source)=.*"), "a PIN in a name is taken");
            hold(read.module().isAbsolute() && read.module().normalize().equals(read.module()), "a module anywhere");
            hold(read.toString().codePoints().noneMatch(Character::isISOControl), "control characters in a name");
            hold(read.idBytes().length > 0 || read.objectBytes().length > 0, "no key is named");
        } catch (InvalidInputException e) {
            hold(!e.getMessage().contains("1234"), "tells a PIN");
            throw e;
        }
    }

    /** One byte tells where the parameters end and the point begins. */
    private static void readNumbers(byte[] input) throws InvalidInputException {
        int length = input.length == 0 ? 0 : Math.min(input[0] & 0xff, input.length - 1);
        byte[] parameters = Arrays.copyOfRange(input, Math.min(1, input.length), Math.min(1, input.length) + length);
        byte[] point = Arrays.copyOfRange(input, Math.min(1, input.length) + length, input.length);
        hold(
                new String(
                                KeyNumbers.elliptic(parameters, point, "the key's source")
                                        .pem()
                                        .getBytes(UTF_8),
                                UTF_8)
                        .contains("PUBLIC KEY"),
                "no key");
        try {
            KeyNumbers.rsa(parameters, point, "the key's source");
        } catch (InvalidInputException e) {
            return; // too short for RSA
        }
        throw new AssertionError("a point is an RSA key");
    }
}
