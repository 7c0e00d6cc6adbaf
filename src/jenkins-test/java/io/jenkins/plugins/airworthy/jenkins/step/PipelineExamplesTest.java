package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The pipelines that docs/pipeline.md shows, run as they are written there, but for the registry's name and the author's own build. */
@WithJenkins
class PipelineExamplesTest {
    private static final Pattern EXAMPLE = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);
    private static final String OWN_BUILD = """
            writeFile file: 'target/app.jar', text: 'an archive'
            writeFile file: 'structure.yaml', text: 'schemaVersion: "2.0.0"\\nfileExistenceTests: [{name: app, path: /app/app.jar, shouldExist: true}]\\n'
            writeFile file: 'target/surefire-reports/TEST-shop.xml', text: '<testsuite name="shop" tests="1"><testcase classname="Shop" name="sells"/></testsuite>'
            """;

    @TempDir
    Path folder;

    @Test
    void everyExampleOfTheDocumentPromotes(JenkinsRule jenkins) throws Exception {
        List<String> examples = EXAMPLE.matcher(Files.readString(Path.of("docs/pipeline.md")))
                .results()
                .map(MatchResult::group)
                .map(text -> text.substring("```groovy\n".length(), text.length() - "```".length()))
                .toList();
        assertThat(examples).hasSize(4);
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            GateSetup.scanWithTrivy(folder.resolve("cache"));
            setup.run(
                    Result.SUCCESS,
                    "node {\nwriteFile file: 'java', text: 'x'\nimageBuild to: '" + setup.host()
                            + "/base/java:17', base: 'scratch', files: ['java:/usr/bin/java']\n}");
            for (String example : examples) {
                setup.run(
                        Result.SUCCESS,
                        example.replace("registry.example.com", setup.host()).replace("sh 'mvn -B verify'", OWN_BUILD));
            }

            assertThat(setup.at("prod/shop:1.0")).isPresent().isEqualTo(setup.at("staging/shop:1.0"));
            assertThat(setup.at("prod/shop:1.1")).isPresent().isEqualTo(setup.at("staging/shop:1.1"));
            assertThat(setup.at("prod/shop:1.2")).isEqualTo(setup.at("prod/shop:1.1"));
        }
    }
}
