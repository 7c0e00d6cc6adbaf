package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The plugin reads what the README and the administrators' guide show as code; in a Jenkins the guide's is applied unchanged. */
class AdministrationDocsTest {
    private static final String GUIDE = "docs/administration.md";

    private static Map<?, ?> example(String document) throws IOException {
        Matcher yaml = Pattern.compile("```yaml\n((?:credentials|tool|security):\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of(document)));
        assertThat(yaml.find()).isTrue();
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml.group(1));
    }

    private static Map<?, ?> airworthy(String document) throws IOException {
        return map(map(example(document).get("security")).get("airworthy"));
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static List<Map<?, ?>> maps(Object value) {
        return ((List<?>) value)
                .stream().<Map<?, ?>>map(AdministrationDocsTest::map).toList();
    }

    private static void assertSettings(Map<?, ?> settings, Class<?> type, String... ofConstructor) {
        for (Object name : settings.keySet()) {
            assertThat(Set.of(ofConstructor).contains(name) || hasSetter(type, name.toString()))
                    .as("%s of %s", name, type.getSimpleName())
                    .isTrue();
        }
    }

    private static boolean hasSetter(Class<?> type, String name) {
        String setter = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return Arrays.stream(type.getMethods()).map(Method::getName).anyMatch(setter::equals);
    }

    @Test
    void theKeyForAdoptedImagesIsOneThatTheConfigurationAccepts() throws Exception {
        Map<?, ?> shown = maps(airworthy("docs/adopt.md").get("keys")).get(0);
        assertSettings(shown, KeyEntry.class, "name");
        KeyEntry key = new KeyEntry(shown.get("name").toString());
        key.setPublicKey(SoftwareKey.generate().publicKey().pem());
        key.setCredentialsId(shown.get("credentialsId").toString());
        key.setRoles(((List<?>) shown.get("roles"))
                .stream().map(role -> KeyRole.valueOf(role.toString())).toList());
        key.setAccepts(((List<?>) shown.get("accepts"))
                .stream().map(kind -> RunKind.valueOf(kind.toString())).toList());
        assertThatThrownBy(() -> ConfigurationCheck.key(key)).hasMessageContaining("names both 'folders' and 'images'");
        key.setFolders(
                ((List<?>) shown.get("folders")).stream().map(Object::toString).toList());
        key.setImages(
                ((List<?>) shown.get("images")).stream().map(Object::toString).toList());
        ConfigurationCheck.key(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", GUIDE})
    void everySettingOfTheExampleExists(String document) throws Exception {
        Map<?, ?> airworthy = airworthy(document);
        assertSettings(airworthy, AirworthyConfiguration.class);
        if (airworthy.containsKey("keys")) {
            maps(airworthy.get("keys")).forEach(key -> assertSettings(key, KeyEntry.class, "name"));
        }
        maps(airworthy.get("policies")).forEach(policy -> assertSettings(policy, PolicyEntry.class, "name", "text"));
        maps(airworthy.get("registries")).forEach(registry -> assertSettings(registry, RegistryEntry.class, "host"));
        assertSettings(map(airworthy.get("trivy")), TrivyOptions.class);
    }

    /** Somebody who follows it word for word is refused nothing for a credential. */
    @Test
    void namesOnlyCredentialsThatAreThereAndThatNoJobCanBind() throws Exception {
        Map<?, ?> credentials = map(example(GUIDE).get("credentials"));
        Map<String, Object> scopes = new HashMap<>();
        for (Map<?, ?> domain : maps(map(credentials.get("system")).get("domainCredentials"))) {
            for (Map<?, ?> credential : maps(domain.get("credentials"))) {
                Map<?, ?> settings = map(credential.values().iterator().next());
                scopes.put(settings.get("id").toString(), settings.get("scope"));
            }
        }
        Set<String> named = new TreeSet<>();
        Map<?, ?> airworthy = airworthy(GUIDE);
        for (Map<?, ?> entry : Stream.concat(
                        maps(airworthy.get("keys")).stream(), maps(airworthy.get("registries")).stream())
                .toList()) {
            entry.forEach((name, value) -> {
                if (name.toString().toLowerCase(Locale.ROOT).endsWith("credentialsid")) {
                    named.add(value.toString());
                }
            });
        }
        assertThat(named).hasSize(4).allSatisfy(id -> assertThat(scopes).containsEntry(id, "SYSTEM"));
    }

    @Test
    void theExamplesKeysAndPoliciesBelongTogether() throws Exception {
        Map<?, ?> airworthy = airworthy(GUIDE);
        List<String> keys = maps(airworthy.get("keys")).stream()
                .map(key -> key.get("name").toString())
                .toList();
        for (Map<?, ?> key : maps(airworthy.get("keys"))) {
            if (key.get("publicKey") instanceof String pem) {
                VerificationKey.parse(pem.getBytes(StandardCharsets.UTF_8), "the example");
            }
            ((List<?>) key.get("roles")).forEach(role -> KeyRole.valueOf(role.toString()));
        }
        for (Map<?, ?> policy : maps(airworthy.get("policies"))) {
            PolicyEntry entry = new PolicyEntry(
                    policy.get("name").toString(), policy.get("text").toString());
            assertThat(keys).containsAll(entry.policy().keys());
        }
    }

    @Test
    void theGuideNamesEveryRoleAndEveryKindOfRunThatAKeyCanAccept() throws Exception {
        String guide = Files.readString(Path.of(GUIDE));
        for (KeyRole role : KeyRole.values()) {
            assertThat(guide).contains("`" + role + "`");
        }
        for (RunKind kind : RunKind.marked()) {
            assertThat(guide).contains("`" + kind + "`");
        }
    }
}
