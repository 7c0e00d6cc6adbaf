package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.sign.MemoryStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceFound;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Others in the same JVM may register Bouncy Castle for everybody, first or last; keys and signatures do not care. */
class RegisteredProviderTest {
    private static final String SECRET = "secret-of-the-test";
    private static final Clock CLOCK = Clock.fixed(Forge.NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Provider[] before;

    enum Registered {
        NOT {
            @Override
            void register() {}
        },
        LAST {
            @Override
            void register() {
                Security.addProvider(new BouncyCastleProvider());
            }
        },
        FIRST {
            @Override
            void register() {
                Security.insertProviderAt(new BouncyCastleProvider(), 1);
            }
        };

        abstract void register();
    }

    @BeforeEach
    void removeProvider() {
        before = Security.getProviders();
        Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
    }

    @AfterEach
    void restoreProviders() {
        for (Provider provider : Security.getProviders()) {
            Security.removeProvider(provider.getName());
        }
        for (Provider provider : before) {
            Security.addProvider(provider);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyOfCosignsIsWrittenAndRead(Registered registered) throws Exception {
        registered.register();
        SoftwareKey key = SoftwareKey.generate();
        Path file = folder.resolve("k.key");
        KeyFiles.writePair(key, file, folder.resolve("k.pub"), what -> SECRET.toCharArray());
        assertSigns(KeyFiles.readPrivate(file, what -> SECRET.toCharArray()), key.publicKey());
    }

    @ParameterizedTest
    @EnumSource
    void aPlainKeyIsImported(Registered registered) throws Exception {
        SoftwareKey key = SoftwareKey.generate();
        byte[] pem = Forge.bytes(KeyFiles.plainPem(key));
        registered.register();
        assertSigns(KeyFiles.parsePrivate(pem, "the key", what -> new char[0]), key.publicKey());
    }

    @ParameterizedTest
    @EnumSource
    void aKeyStoreIsImported(Registered registered) throws Exception {
        registered.register();
        new Tool(Path.of(System.getProperty("java.home"), "bin", "keytool"))
                .run(
                        folder,
                        Map.of("SECRET", SECRET),
                        ("-genkeypair -keyalg EC -groupname secp256r1 -alias one -dname CN=one -storetype PKCS12"
                                        + " -keystore one.p12 -storepass:env SECRET")
                                .split(" "))
                .succeeded();
        SoftwareKey key = KeyFiles.parsePrivate(
                Files.readAllBytes(folder.resolve("one.p12")), "the key", what -> SECRET.toCharArray());
        assertSigns(key, key.publicKey());
    }

    private static void assertSigns(SoftwareKey key, VerificationKey verification) throws Exception {
        MemoryStore store = new MemoryStore();
        EvidenceWriter.attach(store, Forge.IMAGE, Forge.statement(Forge.IMAGE), new KeySigner(key), CLOCK);
        EvidenceFound found =
                EvidenceReader.read(store, Forge.IMAGE.digest(), List.of(new TrustedKey("release", verification)));
        assertThat(found.rejected()).isEmpty();
        assertThat(found.verified()).hasSize(1);
    }
}
