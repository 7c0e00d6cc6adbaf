package io.jenkins.plugins.airworthy.jenkins.step;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Mode;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictValueTest {
    private static final Digest DIGEST = Digest.of(new byte[] {1});

    @Test
    void writesEveryReasonOnItsOwnLine() throws Exception {
        assertThat(refused().refusal()).isEqualTo("""
                imagePromote: policy 'production' does not let registry.example.com/staging/app@%s go to \
                registry.example.com/prod/app:1; nothing was written there:
                  signature: no signature
                  labels: found 'x\uFFFDFinished: SUCCESS'""".formatted(DIGEST));
    }

    /** A pipeline's state is stored between its steps. */
    @Test
    void isTheSameAfterItWasStored() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(refused());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).usingRecursiveComparison().isEqualTo(refused());
        }
    }

    @Test
    void givesCopiesOfItsLists() throws Exception {
        VerdictValue value = refused();

        value.getReasons().clear();
        value.getItems().clear();

        assertThat(value.getReasons()).hasSize(2);
        assertThat(value.getItems()).hasSize(3);
        assertThat(value.isPassed()).isFalse();
        assertThat(value.isPromoted()).isFalse();
    }

    /** A sandboxed script can read all of it, and make or change none. */
    @ParameterizedTest
    @ValueSource(classes = {VerdictValue.class, VerdictItemValue.class, SignedImageValue.class})
    void canBeReadByAScriptAndNotMade(Class<?> value) {
        assertThat(Modifier.isFinal(value.getModifiers())).isTrue();
        assertThat(value.getConstructors()).isEmpty();
        assertThat(Arrays.stream(value.getDeclaredFields()))
                .allMatch(field -> Modifier.isFinal(field.getModifiers()) && Modifier.isPrivate(field.getModifiers()));
        for (Method method : value.getDeclaredMethods()) {
            boolean open = Modifier.isPublic(method.getModifiers());
            assertThat(method.isAnnotationPresent(Whitelisted.class))
                    .as(method.toString())
                    .isEqualTo(open);
        }
    }

    private static VerdictValue refused() throws Exception {
        Verdict verdict = new Verdict(
                ImageReference.parse("registry.example.com/staging/app:1"),
                DIGEST,
                Optional.of(ImageReference.parse("registry.example.com/prod/app:1")),
                "production",
                DIGEST,
                Mode.ENFORCE,
                Instant.EPOCH,
                List.of(
                        item("signature", Status.FAILED, "no signature"),
                        item("labels", Status.FAILED, "found 'x\nFinished: SUCCESS'"),
                        item("user", Status.PASSED, "is not root")));
        return VerdictValue.judged(verdict);
    }

    private static Verdict.Item item(String id, Status status, String reason) {
        return new Verdict.Item(
                id, status, reason, Optional.empty(), List.of(), Optional.empty(), List.of(), List.of());
    }
}
