package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.PlatformImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Attack 9: a damaged policy is a policy or an error, and never one that passes an image with nothing shown. */
class PolicyFuzzTest {
    private static final Duration LIMIT = Duration.ofSeconds(4);
    private static final int MAX_ROUNDS = 20_000;
    private static final String[] PIECES = {
        "{}",
        "[]",
        "~",
        "null",
        "\n",
        "  ",
        ": ",
        "- ",
        "*",
        "**",
        "{x}",
        "{app**}",
        "'",
        "\"",
        "#",
        "&a ",
        "*a",
        "!!str ",
        "|\n",
        "0",
        "-1",
        "no",
        "true",
        "signature",
        "vulnerabilities",
        "without",
        "checklist",
        "\u0000",
        "\ud83d\ude80",
        "<<: ",
        "? ",
        "%",
        "---\n",
        "...\n",
        "99999999999999999999",
        "2026-13-01",
        "oci:",
        "..",
        "((((",
        ".all(x, "
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aDamagedPolicyIsAPolicyOrAnError(long seed) {
        Random random = new Random(seed);
        byte[] whole = PolicyDocumentTest.WHOLE.getBytes(UTF_8);
        PlatformImage image = Given.image();
        long end = System.nanoTime() + LIMIT.dividedBy(2).toNanos();
        int policies = 0;
        int errors = 0;
        for (int round = 0; round < MAX_ROUNDS && System.nanoTime() < end; round++) {
            byte[] damaged = damage(whole, random);
            try {
                Policy policy = Policy.parse(damaged, "policy.yaml");
                policies++;
                assertThat(policy.checklist()).isNotEmpty();
                assertThat(policy.judge(Given.candidate(image), Given.NOW).passed())
                        .as(new String(damaged, UTF_8))
                        .isFalse();
            } catch (InvalidInputException e) {
                errors++;
                assertThat(e.getMessage()).startsWith("policy.yaml");
            }
        }
        assertThat(policies).isPositive();
        assertThat(errors).isPositive();
    }

    @Test
    void aDamagedEmptyChecklistPassesNothing() {
        Random random = new Random(3);
        byte[] empty = (PolicyDocumentTest.WHOLE.substring(0, PolicyDocumentTest.WHOLE.indexOf("  checklist:"))
                        + "  without: [{rule: signature, reason: r}, {rule: vulnerabilities, reason: r}]\n"
                        + "  checklist: []\n")
                .getBytes(UTF_8);
        PlatformImage image = Given.image();
        long end = System.nanoTime() + LIMIT.dividedBy(2).toNanos();
        for (int round = 0; round < MAX_ROUNDS && System.nanoTime() < end; round++) {
            byte[] damaged = damage(empty, random);
            try {
                Verdict verdict = Policy.parse(damaged, "policy.yaml").judge(Given.candidate(image), Given.NOW);
                assertThat(verdict.passed()).as(new String(damaged, UTF_8)).isFalse();
            } catch (InvalidInputException e) {
                assertThat(e.getMessage()).startsWith("policy.yaml");
            }
        }
    }

    private static byte[] damage(byte[] bytes, Random random) {
        byte[] damaged = bytes;
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(damaged.length);
            int length = Math.min(damaged.length - at, random.nextInt(random.nextBoolean() ? 3 : 60));
            damaged = switch (random.nextInt(4)) {
                case 0 -> join(damaged, at, new byte[0], at + length);
                case 1 -> join(damaged, at, new byte[] {(byte) random.nextInt(256)}, at + 1);
                case 2 -> join(damaged, at, PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8), at + length);
                default -> join(damaged, at, Arrays.copyOfRange(damaged, at, at + length), at);
            };
        }
        return damaged;
    }

    private static byte[] join(byte[] bytes, int head, byte[] middle, int tail) {
        byte[] joined = Arrays.copyOf(bytes, head + middle.length + Math.max(bytes.length - tail, 0));
        System.arraycopy(middle, 0, joined, head, middle.length);
        System.arraycopy(bytes, tail, joined, head + middle.length, Math.max(bytes.length - tail, 0));
        return joined;
    }
}
