package io.jenkins.plugins.airworthy.jenkins.ui;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Name;
import io.jenkins.plugins.airworthy.jenkins.ui.key.KeyEdit;
import io.jenkins.plugins.airworthy.jenkins.ui.key.KeysPage;
import io.jenkins.plugins.airworthy.jenkins.ui.policy.PoliciesPage;
import io.jenkins.plugins.airworthy.jenkins.ui.policy.PolicyTemplate;
import io.jenkins.plugins.airworthy.policy.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Names of keys and policies obey one rule, wherever they are written. */
class NamesTest {
    private static final Pattern ADDRESS = Pattern.compile("(?:get|is|do)([A-Z]\\w*)");
    private static final Path VIEWS = Path.of("src/main/resources");

    /** Whatever Stapler finds below a page before it asks for a key or a policy of that name. */
    private static Set<String> addresses(Class<?> page) throws Exception {
        Set<String> addresses = new TreeSet<>();
        for (Method method : page.getMethods()) {
            Matcher matcher = ADDRESS.matcher(method.getName());
            if (Modifier.isPublic(method.getModifiers()) && matcher.matches()) {
                String name = matcher.group(1);
                addresses.add(Character.toLowerCase(name.charAt(0)) + name.substring(1));
            }
        }
        try (Stream<Path> views = Files.list(VIEWS.resolve(page.getName().replace('.', '/')))) {
            views.forEach(view -> addresses.add(view.getFileName().toString().replace(".jelly", "")));
        }
        return addresses;
    }

    @Test
    void noKeyOrPolicyHidesBehindAPage() throws Exception {
        for (Class<?> page : List.of(KeysPage.class, PoliciesPage.class)) {
            assertThat(addresses(page))
                    .as(page.getSimpleName())
                    .hasSizeGreaterThan(4)
                    .allMatch(Name::isReserved);
        }
    }

    private static String policy(String name, String key) {
        return PolicyTemplate.EXAMPLE
                .text()
                .replace("{name: production}", "{name: \"" + name + "\"}")
                .replace("keys: [\"release\"]", "keys: [\"" + key + "\"]");
    }

    private static void read(String text) throws InvalidInputException {
        Policy.parse(text.getBytes(StandardCharsets.UTF_8), "policy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all",
                "new",
                "generate",
                "list",
                "checkName",
                "-x",
                "a b",
                "a/b",
                "..",
                "",
                "äpfel",
                "a23456789012345678901234567890123456789012345678901234567890abcde"
            })
    void isRefusedEverywhereInTheSameWords(String name) throws Exception {
        String words = message(() -> Name.require(name, "a key"));
        assertThat(words).startsWith("'" + name + "' is not a valid name for a key: ");
        assertThat(message(() -> KeyEdit.requireName(name))).isEqualTo(words);
        assertThat(message(() -> read(policy("production", name)))).endsWith(words);
        assertThat(message(() -> read(policy(name, "release")))).endsWith(words.replace("a key", "a policy"));
    }

    @Test
    void acceptsTheLongestNameEverywhere() throws Exception {
        String name = "a".repeat(Name.MAX_LENGTH);
        assertThat(KeyEdit.requireName(" " + name + " ")).isEqualTo(name);
        read(policy(name, name));
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static String message(Attempt attempt) {
        InvalidInputException[] refused = new InvalidInputException[1];
        assertThatThrownBy(attempt::run)
                .isInstanceOfSatisfying(InvalidInputException.class, failure -> refused[0] = failure);
        return refused[0].getMessage();
    }
}
