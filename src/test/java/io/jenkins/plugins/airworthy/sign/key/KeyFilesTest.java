package io.jenkins.plugins.airworthy.sign.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

class KeyFilesTest {
    private static final String SECRET = "corréct horse";
    private static final PasswordSource PASSWORD = what -> SECRET.toCharArray();
    private static final PasswordSource NOBODY = what -> fail("no password is needed");
    private static final byte[] MESSAGE = Forge.bytes("message");

    @TempDir
    Path folder;

    private Path write(SoftwareKey key) throws Exception {
        KeyFiles.writePair(key, folder.resolve("k.key"), folder.resolve("k.pub"), PASSWORD);
        return folder.resolve("k.key");
    }

    private static byte[] pem(String label, byte[] der) {
        return Pem.write(label, der).getBytes(StandardCharsets.US_ASCII);
    }

    private static SoftwareKey parse(byte[] content) throws AirworthyException, InterruptedException {
        return KeyFiles.parsePrivate(content, "the key", PASSWORD);
    }

    @Test
    void bothHalvesThatWereWrittenAreReadAgain() throws Exception {
        SoftwareKey key = SoftwareKey.generate();
        SoftwareKey again = KeyFiles.readPrivate(write(key), PASSWORD);
        assertThat(again.publicKey()).isEqualTo(key.publicKey());
        assertThat(KeyFiles.readPublic(folder.resolve("k.pub"))).isEqualTo(key.publicKey());
        assertThat(key.publicKey().verify(MESSAGE, again.sign(MESSAGE))).isTrue();
    }

    @Test
    void thePrivateHalfIsForItsOwnerOnly() throws Exception {
        Path file = write(SoftwareKey.generate());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).startsWith("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void nothingIsEverOverwritten() throws Exception {
        Path file = write(SoftwareKey.generate());
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> write(SoftwareKey.generate()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("exists already");
        assertThatThrownBy(() -> NewFile.write(file, MESSAGE, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("exists already");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aFileThatIsTooLargeForAKeyIsNotCutToOne() throws Exception {
        Path file = folder.resolve("k.pub");
        write(SoftwareKey.generate());
        Files.writeString(file, Files.readString(file) + " ".repeat(Pem.MAX_BYTES));
        assertThatThrownBy(() -> KeyFiles.readPublic(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(file + ": larger than the " + Pem.MAX_BYTES + " bytes that a key file may have");
    }

    @Test
    void aPrivateKeyIsNotWrittenWithoutAPassword() {
        Path file = folder.resolve("k.key");
        assertThatThrownBy(() ->
                        KeyFiles.writePair(SoftwareKey.generate(), file, folder.resolve("k.pub"), what -> new char[0]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("without a password");
        assertThat(file).doesNotExist();
    }

    @Test
    void reportsAWrongPassword() throws Exception {
        Path file = write(SoftwareKey.generate());
        assertThatThrownBy(() -> KeyFiles.readPrivate(file, what -> "wrong guess".toCharArray()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("wrong password")
                .hasMessageContaining(file.toString())
                .message()
                .doesNotContain("wrong guess")
                .doesNotContain(SECRET);
    }

    @Test
    void passwordsAreOverwrittenAfterUse() throws Exception {
        Path file = write(SoftwareKey.generate());
        List<char[]> given = new ArrayList<>();
        PasswordSource recorded = what -> {
            given.add(SECRET.toCharArray());
            return given.get(given.size() - 1);
        };
        KeyFiles.readPrivate(file, recorded);
        KeyFiles.writePair(SoftwareKey.generate(), folder.resolve("n.key"), folder.resolve("n.pub"), recorded);
        assertThat(given).hasSize(2).allSatisfy(password -> assertThat(password).containsOnly('\0'));
    }

    @Test
    void theContentIsOverwrittenAfterUse() throws Exception {
        byte[] content = pem("PRIVATE KEY", SoftwareKey.generate().encoded());
        KeyFiles.parsePrivate(content, "the key", NOBODY);
        assertThat(content).containsOnly(0);
    }

    @Test
    void aDamagedBoxIsNotAWrongPassword() {
        byte[] box = pem(CosignKeyBox.LABEL, Forge.bytes("{\"kdf\":{\"name\":\"scrypt\"}}"));
        assertThatThrownBy(() -> parse(box))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("kdf.params: is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"N\":1073741824,\"r\":8,\"p\":1}",
                "{\"N\":2,\"r\":8,\"p\":1}",
                "{\"N\":65536,\"r\":1024,\"p\":1}",
                "{\"N\":65536,\"r\":8,\"p\":1000000}",
                "{\"N\":4295032832,\"r\":8,\"p\":1}",
                "{\"N\":0,\"r\":8,\"p\":1}"
            })
    void scryptThatExhaustsOrProtectsNothingIsRefused(String parameters) throws Exception {
        ObjectNode json = StrictJson.object();
        json.putObject("kdf")
                .put("name", "scrypt")
                .set("params", StrictJson.parse(Forge.bytes(parameters), "parameters", 1000));
        assertThatThrownBy(() -> parse(pem(CosignKeyBox.LABEL, StrictJson.write(json))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("unsupported scrypt parameters");
    }

    @Test
    void theOlderLabelOfCosignIsRead() throws Exception {
        SoftwareKey key = SoftwareKey.generate();
        byte[] box = Pem.parse(Files.readAllBytes(write(key)), "key").der();
        assertThat(parse(pem(CosignKeyBox.OLD_LABEL, box)).publicKey()).isEqualTo(key.publicKey());
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 3072})
    void rsaKeysSign(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
        SoftwareKey key = KeyFiles.parsePrivate(pem("PRIVATE KEY", der), "the key", NOBODY);
        assertThat(key.publicKey().algorithm()).isEqualTo(SignatureAlgorithm.RSA);
        assertThat(key.publicKey().verify(MESSAGE, key.sign(MESSAGE))).isTrue();
        assertThat(key.publicKey().verify(Forge.bytes("another"), key.sign(MESSAGE)))
                .isFalse();
        assertThat(key.publicKey().verify(MESSAGE, new byte[bits / 8])).isFalse();
        assertThat(key.publicKey().verify(MESSAGE, new byte[0])).isFalse();
    }

    @Test
    void shortRsaKeysAreRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        var pair = generator.generateKeyPair();
        assertThatThrownBy(() -> parse(pem("PRIVATE KEY", pair.getPrivate().getEncoded())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("an RSA key of 1024 bits");
        assertThatThrownBy(() ->
                        VerificationKey.parse(pem("PUBLIC KEY", pair.getPublic().getEncoded()), "the key"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("an RSA key of 1024 bits");
    }

    @Test
    void ed25519IsRefusedWithWhatToUseInstead() throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertThatThrownBy(() ->
                        VerificationKey.parse(pem("PUBLIC KEY", pair.getPublic().getEncoded()), "the key"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Ed25519 keys are not supported: use ECDSA on P-256");
        assertThatThrownBy(() -> parse(pem("PRIVATE KEY", pair.getPrivate().getEncoded())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("unsupported kind of key: use ECDSA on P-256");
    }

    @Test
    void refusesEachHalfInPlaceOfTheOther() throws Exception {
        SoftwareKey key = SoftwareKey.generate();
        Path file = write(key);
        assertThatThrownBy(() -> KeyFiles.readPublic(file)).hasMessageContaining("this is a private key");
        assertThatThrownBy(() -> KeyFiles.readPrivate(folder.resolve("k.pub"), PASSWORD))
                .hasMessageContaining("contains no private key");
        Path certificate = Files.writeString(
                folder.resolve("c.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> KeyFiles.readPrivate(certificate, PASSWORD)).hasMessageContaining("is a certificate");
    }

    @Test
    void halvesOfDifferentKeysAreRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var mixed = new java.security.KeyPair(
                generator.generateKeyPair().getPublic(),
                generator.generateKeyPair().getPrivate());
        assertThatThrownBy(() -> SoftwareKey.of(mixed, "the key")).hasMessageContaining("do not belong together");
    }

    @Test
    void refusesMissingAndGiantFiles() throws Exception {
        assertThatThrownBy(() -> KeyFiles.readPublic(folder.resolve("none")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no such key file");
        Path giant = Files.write(folder.resolve("giant"), new byte[Pem.MAX_BYTES + 1]);
        assertThatThrownBy(() -> KeyFiles.readPublic(giant))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void refusesTwoKeysInOneFile() {
        String one = SoftwareKey.generate().publicKey().pem();
        String other = SoftwareKey.generate().publicKey().pem();
        assertThatThrownBy(() -> VerificationKey.parse(Forge.bytes(one + other), "the key"))
                .hasMessageContaining("more than one");
    }

    @Test
    void noSecurityProviderIsRegistered() throws Exception {
        Provider[] before = Security.getProviders();
        KeyFiles.readPrivate(write(SoftwareKey.generate()), PASSWORD);
        assertThat(Security.getProviders()).isEqualTo(before);
    }

    @Test
    void aKeyPrintsNothingPrivate() throws Exception {
        SoftwareKey key = SoftwareKey.generate();
        assertThat(key.toString())
                .isEqualTo("private half of ECDSA_P256 key sha256:"
                        + key.fingerprint().substring(0, 12));
    }
}
