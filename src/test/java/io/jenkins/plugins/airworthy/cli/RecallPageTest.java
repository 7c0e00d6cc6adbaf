package io.jenkins.plugins.airworthy.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the commands of the page about recalls in their order, with layout folders for its registries. */
class RecallPageTest {
    private static final Pattern CALL = Pattern.compile("^airworthy ((?:.*\\\\\n)*.*)$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");
    private static final Pattern LIST =
            Pattern.compile("```yaml\n(apiVersion: airworthy/v1\nkind: Recalls\n.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private final Session session = new Session();
    private String page;

    @BeforeEach
    void makeImages() throws Exception {
        page = Files.readString(Path.of("docs/recall.md"));
        session.environment.put(KeyPasswords.VARIABLE, "secret");
        session.environment.put("HOME", folder.toString());
        Files.writeString(folder.resolve("a.txt"), "base");
        Files.writeString(folder.resolve("b.txt"), "application");
        Files.writeString(folder.resolve("production.yaml"), inHere("""
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images:
                    - {from: "registry.example.com/staging/{app}", to: "registry.example.com/prod/{app}"}
                  checklist:
                    - signature: {threshold: 1}
                  without: [{rule: vulnerabilities, reason: "nothing is scanned here"}]
                """));
        done("key", "generate", "--output", "release");
        done("build", "--base", "scratch", "--file", "a.txt:/a.txt", "--to", "registry.example.com/base/java:17");
        for (String image : List.of("registry.example.com/staging/shop:1.2", "registry.example.com/prod/shop:1.1")) {
            done("build", "--base", "registry.example.com/base/java:17", "--file", "b.txt:/b.txt", "--to", image);
            done("sign", image, "--key", "release.key");
        }
    }

    @Test
    void everyCommandOfThePageDoesWhatItSays() {
        List<String> ends = new ArrayList<>();
        Matcher calls = CALL.matcher(page);
        while (calls.find()) {
            String[] words = WORD.matcher(calls.group(1).replace("\\\n", " "))
                    .results()
                    .map(found -> found.group(1) == null ? found.group() : found.group(1))
                    .toArray(String[]::new);
            if (words[1].equals("publish")) {
                session.clock = Clock.offset(session.clock, Duration.ofSeconds(1));
            }
            Session.Ended ended = run(words);
            ends.add(words[0] + " " + words[1].replaceAll("registry.*", "") + " " + ended.status());
            if (words[0].equals("verify")) {
                assertThat(ended.out())
                        .contains("FAILED   recalls: recalled by 'acme' version 1 at ")
                        .contains("R-2026-0001".replace("2026", year())
                                + " (The base has a back door): linux/amd64 has the layers of ");
            }
            assertThat(ended.err()).doesNotContain("at io.jenkins");
        }
        assertThat(ends)
                .containsExactly(
                        "key generate 0",
                        "recall new 0",
                        "recall add 0",
                        "recall publish 0",
                        "verify  1",
                        "recall check 1",
                        "recall show 0",
                        "recall add 0",
                        "recall add 0",
                        "recall add 0",
                        "recall add 0",
                        "recall publish 0",
                        "recall lift 0",
                        "recall publish 0");
        Session.Ended shown =
                run("recall", "show", "registry.example.com/acme/recalls", "--recalls-key", "recalls.pub");
        assertThat(shown.out())
                .contains("Recalls 'acme' version 3: 5 entries", "lifted   R-" + year() + "-0001 layers, promote")
                .contains("recalled R-" + year() + "-0005 evidence, report");
    }

    @Test
    void theListOfThePageIsRead() throws Exception {
        Matcher list = LIST.matcher(page);
        assertThat(list.find()).isTrue();
        Files.writeString(folder.resolve("page.yaml"), list.group(1));
        assertThat(run("recall", "show", "page.yaml", "--format", "json")
                        .json()
                        .at("/entries")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void refusesWhatIsNotSaidOnce() {
        done("recall", "new", "recalls.yaml", "--name", "acme");
        for (String[] target : new String[][] {
            {},
            {"--package", "pkg:npm/a", "--source", "https://git.example.com/a"},
            {"--source", "https://git.example.com/a", "--versions", "vers:npm/1.0.0"},
            {"--package", "pkg:npm/a@1.0.0"},
            {"--package", "pkg:npm/a", "--versions", "1.0.0"},
            {"--builder", "https://ci.example.com/", "--from", "yesterday"},
            {"--source", "https://git.example.com/a", "--commit", "abc"},
        }) {
            List<String> words = new ArrayList<>(List.of("recall", "add", "recalls.yaml", "--story", "s", "--by", "a"));
            words.addAll(List.of(target));
            assertThat(run(words.toArray(String[]::new)).status())
                    .as(String.join(" ", target))
                    .isEqualTo(2);
        }
        assertThat(run("recall", "show", "recalls.yaml").out()).contains("0 entries");
        assertThat(run("recall", "new", "recalls.yaml", "--name", "acme").status())
                .isEqualTo(2);
        assertThat(run("recall", "lift", "recalls.yaml", "R-2026-0001", "--reason", "r", "--by", "b")
                        .err())
                .contains("there is no R-2026-0001");
    }

    @Test
    void aFileIsNotReadAsAPublishedList() {
        done("recall", "new", "recalls.yaml", "--name", "acme");
        Session.Ended refused = run(
                "verify",
                "registry.example.com/staging/shop:1.2",
                "--policy",
                "production.yaml",
                "--trust",
                "release=release.pub",
                "--recalls",
                "recalls.yaml");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains("recalls.yaml: is a file, and a list is read where it was published: name its repository");
    }

    @Test
    void attestRefusesTheTypeOfAList() throws Exception {
        Files.writeString(folder.resolve("head.json"), "{}");
        assertThat(run(
                                "attest",
                                "registry.example.com/staging/shop:1.2",
                                "--type",
                                "https://plugins.jenkins.io/airworthy/recalls/v1",
                                "--predicate",
                                "head.json",
                                "--key",
                                "release.key")
                        .err())
                .contains("is reserved");
    }

    private String year() {
        return Integer.toString(session.clock.instant().atZone(ZoneOffset.UTC).getYear());
    }

    private void done(String... words) {
        Session.Ended ended = run(words);
        assertThat(ended.status())
                .as(String.join(" ", words) + ": " + ended.err())
                .isZero();
    }

    private Session.Ended run(String... words) {
        String[] here = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            here[i] = inHere(words[i]).replace("R-2026-0001", "R-" + year() + "-0001");
        }
        return session.run(here);
    }

    /** Names of files and images in the test's folder. */
    private String inHere(String word) {
        String files = "(?<![\\w./-])(release|recalls|page|production|head|a|b)(?=\\.(key|pub|yaml|json|txt))";
        String there =
                word.replace("registry.example.com/", "oci:" + folder + "/").replaceAll(files, folder + "/$1");
        return word.equals("recalls") || word.equals("release") ? folder + "/" + word : there;
    }
}
