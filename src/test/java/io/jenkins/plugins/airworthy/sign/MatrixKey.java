package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.Pem;
import io.jenkins.plugins.airworthy.sign.key.SignatureAlgorithm;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;

import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** A key in our hands and in cosign's. */
record MatrixKey(String label, SoftwareKey key, String file) {
    /** One of every kind that cosign reads and that works with it. */
    static List<MatrixKey> all(Cosign cosign) throws Exception {
        List<MatrixKey> keys = new ArrayList<>();
        for (String curve : List.of("256", "384", "521")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp" + curve + "r1"));
            keys.add(imported(cosign, "ECDSA P-" + curve, generator.generateKeyPair()));
        }
        for (int bits : new int[] {2048, 3072, 4096}) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            keys.add(imported(cosign, "RSA " + bits, generator.generateKeyPair()));
        }
        return keys;
    }

    private static MatrixKey imported(Cosign cosign, String label, KeyPair pair) throws Exception {
        String file = label.replace(" ", "-");
        SoftwareKey key = SoftwareKey.of(pair, label);
        importPlain(cosign, file, key.encoded());
        assertThat(KeyFiles.readPublic(cosign.folder().resolve(file + ".pub"))).isEqualTo(key.publicKey());
        return new MatrixKey(label, key, file);
    }

    private static void importPlain(Cosign cosign, String file, byte[] encoded) throws Exception {
        Files.writeString(cosign.folder().resolve(file + ".pem"), Pem.write("PRIVATE KEY", encoded));
        cosign.run("import-key-pair", "--key", file + ".pem", "-o", file).succeeded();
    }

    /** The kind that cosign reads and that is refused here. */
    static List<String> refused(Cosign cosign) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        importPlain(cosign, "ed25519", pair.getPrivate().getEncoded());
        Throwable refusal =
                catchThrowable(() -> KeyFiles.readPublic(cosign.folder().resolve("ed25519.pub")));
        assertThat(refusal).isInstanceOf(InvalidInputException.class).hasMessageContaining("ECDSA");
        return List.of("Ed25519", "refused", "refused", "refused", "refused");
    }

    SignatureAlgorithm algorithm() {
        return key.publicKey().algorithm();
    }
}
