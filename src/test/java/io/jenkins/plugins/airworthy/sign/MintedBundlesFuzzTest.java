package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.sign.keyless.IdentityToken;
import io.jenkins.plugins.airworthy.sign.keyless.SigningConfig;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static io.jenkins.plugins.airworthy.sign.Forge.IMAGE;
import static io.jenkins.plugins.airworthy.sign.MintedSigstore.base64;
import static org.assertj.core.api.Assertions.assertThat;

/** Damaged bytes inside sound documents: every parser answers with a refusal, and none with a wrong belief. */
class MintedBundlesFuzzTest {
    private static final int ROUNDS = Integer.getInteger("airworthy.fuzz.rounds", 200);
    private static final byte[] PAYLOAD = Forge.statement(IMAGE).toBytes();

    private final MintedSigstore sigstore = new MintedSigstore();
    private final Random random = new Random(17);

    private BundleVerifier verifier() throws Exception {
        TrustedRoot root = TrustedRoot.parse(StrictJson.write(sigstore.trustedRoot()), "trusted root");
        Clock clock = Clock.fixed(MintedSigstore.SIGNED.plus(Duration.ofDays(1)), ZoneOffset.UTC);
        return new BundleVerifier(
                IMAGE.digest(),
                new TrustedSigners(
                        List.of(),
                        Optional.of(new SigstoreTrust(root, clock)),
                        List.of(new IdentityPattern(MintedSigstore.ISSUER, MintedSigstore.SUBJECT))));
    }

    /** The text at a place of a document; the last word of the place is a member or an index. */
    private static String text(ObjectNode document, String pointer) {
        return document.at(pointer).textValue();
    }

    private static void set(ObjectNode document, String pointer, String value) {
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) document.at(pointer.substring(0, slash))).put(pointer.substring(slash + 1), value);
    }

    private byte[] damaged(byte[] original) {
        byte[] changed = random.nextInt(10) == 0
                ? Arrays.copyOf(original, random.nextInt(original.length + 1))
                : original.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0 && changed.length > 0; changes--) {
            int at = random.nextInt(changed.length);
            changed[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) (changed[at] ^ (1 << random.nextInt(8)));
                case 2 -> (byte) 0xff;
                default -> (byte) (changed[at] + 1);
            };
        }
        return changed;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/verificationMaterial/certificate/rawBytes",
                "/verificationMaterial/timestampVerificationData/rfc3161Timestamps/0/signedTimestamp",
                "/verificationMaterial/tlogEntries/0/canonicalizedBody",
                "/verificationMaterial/tlogEntries/0/inclusionProof/rootHash",
                "/dsseEnvelope/payload",
                "/dsseEnvelope/signatures/0/sig"
            })
    void damagedBytes(String place) throws Exception {
        BundleVerifier verifier = verifier();
        ObjectNode bundle = sigstore.bundle(PAYLOAD);
        byte[] original = Base64.getDecoder().decode(text(bundle, place));
        for (int i = 0; i < ROUNDS; i++) {
            byte[] changed = damaged(original);
            set(bundle, place, base64(changed));
            assertRefusedOrUnchanged(verifier, bundle, Arrays.equals(original, changed), place);
        }
    }

    @Test
    void damagedCheckpoint() throws Exception {
        String place = "/verificationMaterial/tlogEntries/0/inclusionProof/checkpoint/envelope";
        BundleVerifier verifier = verifier();
        ObjectNode bundle = sigstore.bundle(PAYLOAD);
        byte[] original = text(bundle, place).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < ROUNDS; i++) {
            String changed = new String(damaged(original), StandardCharsets.UTF_8);
            set(bundle, place, changed);
            boolean same = Arrays.equals(original, changed.getBytes(StandardCharsets.UTF_8));
            assertRefusedOrUnchanged(verifier, bundle, same, place);
        }
    }

    /** What a trusted authority signed around promises that are garbage. */
    @Test
    void damagedPromisesInASoundCertificate() throws Exception {
        BundleVerifier verifier = verifier();
        sigstore.damage = this::damaged;
        for (int i = 0; i < ROUNDS / 4; i++) {
            try {
                verifier.judge(Digest.of(PAYLOAD), StrictJson.write(sigstore.bundle(PAYLOAD)), "bundle");
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageContaining("signed certificate timestamp");
            }
        }
    }

    private static void assertRefusedOrUnchanged(
            BundleVerifier verifier, ObjectNode bundle, boolean unchanged, String place) throws Exception {
        try {
            Judgement judgement = verifier.judge(Digest.of(PAYLOAD), StrictJson.write(bundle), "bundle");
            // Bytes that nothing is concluded from may differ: a timestamp's serial number of its response's status.
            assertThat(((Judgement.Believed) judgement).evidence().statement()).isEqualTo(Forge.statement(IMAGE));
            assertThat(unchanged || place.endsWith("signedTimestamp"))
                    .as("believed with damage at " + place)
                    .isTrue();
        } catch (InvalidInputException e) {
            assertThat(e).hasMessageStartingWith("bundle");
        }
    }

    @Test
    void damagedTokensAndConfigurations() {
        String claims = "{\"sub\":\"a\",\"exp\":4000000000,\"email\":\"a@b\",\"email_verified\":true}";
        String config = """
                {"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json","caUrls":[{"url":"https://a",
                "majorApiVersion":1,"validFor":{"start":"2020-01-01T00:00:00Z"}}],"rekorTlogUrls":[],"tsaUrls":[]}
                """;
        int refused = 0;
        for (int i = 0; i < ROUNDS * 5; i++) {
            byte[] changed = damaged(claims.getBytes(StandardCharsets.UTF_8));
            String token = "e30." + Base64.getUrlEncoder().encodeToString(changed) + ".AAAA";
            try {
                IdentityToken.parse(token, "token", Instant.EPOCH);
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageStartingWith("token").hasMessageNotContaining(token);
                refused++;
            }
            try {
                SigningConfig.parse(damaged(config.getBytes(StandardCharsets.UTF_8)), "config");
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageStartingWith("config");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(ROUNDS);
    }

    @Test
    void damagedTrustedRoot() throws Exception {
        ObjectNode root = sigstore.trustedRoot();
        String place = "/certificateAuthorities/0/certChain/certificates/0/rawBytes";
        byte[] original = Base64.getDecoder().decode(text(root, place));
        for (int i = 0; i < ROUNDS; i++) {
            set(root, place, base64(damaged(original)));
            try {
                TrustedRoot.parse(StrictJson.write(root), "root");
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageStartingWith("root");
            }
        }
    }
}
