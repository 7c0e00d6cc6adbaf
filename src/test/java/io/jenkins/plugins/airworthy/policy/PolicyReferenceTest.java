package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.policy.read.RuleReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Every example of the policy reference is a policy, or stands as a part in one. */
class PolicyReferenceTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    static List<String> examples() throws IOException {
        Matcher matcher = EXAMPLE.matcher(reference());
        return matcher.results().map(result -> result.group(1)).toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsEveryExample(String example) throws Exception {
        if (example.contains("kind: PolicyCase")) {
            // Their own test runs them: they are cases of the first policy.
            try (Stream<Path> cases = Files.list(Path.of("src/test/data/policy-cases/reference"))) {
                assertThat(cases.filter(Files::isRegularFile))
                        .anySatisfy(file -> assertThat(file).hasContent(example));
            }
        } else if (example.startsWith("apiVersion:")) {
            assertThat(Policy.parse(example.getBytes(UTF_8), "docs/policy.md").checklist())
                    .isNotEmpty();
        } else if (example.startsWith("- ")) {
            assertThat(Given.policy(example).checklist()).isNotEmpty();
        } else {
            String key = example.substring(0, example.indexOf(':'));
            String others =
                    Given.document("- user: {nonRoot: true}").replaceAll("(?m)^  " + key + ":.*\n(    .*\n)*", "");
            String whole = others + example.indent(2);
            assertThat(Policy.parse(whole.getBytes(UTF_8), "docs/policy.md").checklist())
                    .isNotEmpty();
        }
    }

    @Test
    void hasAPartWithAnExampleForEveryRule() throws IOException {
        for (String rule : RuleReader.KINDS) {
            assertThat(reference()).contains("\n### " + rule + "\n\n```yaml\n- " + rule + ":");
        }
    }

    private static String reference() throws IOException {
        return Files.readString(Path.of("docs", "policy.md"));
    }
}
