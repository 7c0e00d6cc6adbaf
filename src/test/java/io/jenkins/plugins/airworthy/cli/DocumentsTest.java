package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.policy.Policy;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** The product accepts what README and docs show, and their pages lead to each other. */
class DocumentsTest {
    private static final Path README = Path.of("README.md");
    private static final Path REFERENCE = Path.of("docs/cli.md");
    private static final Pattern LINK = Pattern.compile("]\\(([^):#]*)(?:#([^)]+))?\\)");
    private static final Pattern POLICY =
            Pattern.compile("```yaml\n(apiVersion: airworthy/v1\nkind: Policy\n.*?)```", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("^ *(?:\\$ )?airworthy ((?:.*\\\\\n)*.*)$", Pattern.MULTILINE);

    /** A word of a command line, or several in single quotes. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");

    /** docs/cli.md is written by this test, so it can say nothing else than the program. */
    @Test
    void theReferenceIsTheHelpOfEveryCommand() throws IOException {
        if (System.getProperty("airworthy.docs", "").equals("write")) {
            Files.writeString(REFERENCE, reference());
        }
        assertThat(REFERENCE).content().isEqualTo(reference());
    }

    @Test
    void everyPolicyInTheDocumentsIsValid() throws IOException {
        int policies = 0;
        for (Path document : documents()) {
            Matcher matcher = POLICY.matcher(Files.readString(document));
            while (matcher.find()) {
                policies++;
                byte[] yaml = matcher.group(1).getBytes(StandardCharsets.UTF_8);
                assertThatCode(() -> Policy.parse(yaml, document.toString())).doesNotThrowAnyException();
            }
        }
        assertThat(policies).isPositive();
    }

    @Test
    void everyCommandLineInTheDocumentsAndTheHelpIsUnderstood() throws IOException, InvalidInputException {
        List<String> calls = new ArrayList<>();
        for (Path document : documents()) {
            calls.addAll(calls(Files.readString(document)));
        }
        for (CommandList entry : CommandList.values()) {
            String help = Help.about(List.of(entry.words().split(" ")));
            calls.addAll(calls(help.substring(help.indexOf("Examples:"))));
        }
        assertThat(calls).hasSizeGreaterThan(CommandList.values().length);
        for (String call : calls) {
            List<String> words = WORD.matcher(call.replace("\\\n", " ").trim())
                    .results()
                    .map(found -> found.group(1) == null ? found.group() : found.group(1))
                    .toList();
            CommandList entry = CommandList.find(words).orElseThrow(() -> new AssertionError("no command: " + call));
            assertThatCode(() -> entry.parse(words.subList(entry.length(), words.size())))
                    .as(call)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theReadmeHasTwoCommandsToTryIt() throws IOException {
        assertThat(Files.readString(README).lines().filter(line -> line.startsWith("$ mvn ")))
                .hasSize(2);
    }

    @Test
    void everyPageIsLinkedFromTheReadmeAndLinksBack() throws IOException {
        String readme = Files.readString(README);
        for (Path page : pages()) {
            assertThat(readme).contains("](" + page + ")");
            assertThat(page).content().contains("](../README.md#read-on)");
        }
    }

    @Test
    void everyLinkLeadsToAFileAndAHeading() throws IOException {
        int headings = 0;
        for (Path document : Stream.concat(pages().stream(), Stream.of(README, Path.of("CONTRIBUTING.md")))
                .toList()) {
            Matcher links = LINK.matcher(Files.readString(document));
            while (links.find()) {
                Path target = links.group(1).isEmpty() ? document : document.resolveSibling(links.group(1));
                assertThat(target).as(document + ": " + links.group()).exists();
                if (links.group(2) != null) {
                    headings++;
                    assertThat(anchors(target))
                            .as(document + ": " + links.group())
                            .contains(links.group(2));
                }
            }
        }
        assertThat(headings).isPositive();
    }

    @Test
    void theThreatModelNamesExistingTests() throws IOException {
        List<String> names = new ArrayList<>();
        for (String folder : List.of("src/test/java", "src/fuzz/java", "src/jenkins-test/java")) {
            try (Stream<Path> tests = Files.walk(Path.of(folder))) {
                tests.forEach(path -> names.add(path.getFileName().toString()));
            }
        }
        List<String> rows = Files.readString(Path.of("docs/threat-model.md"))
                .transform(text ->
                        text.substring(text.indexOf("## What is refused"), text.indexOf("## What it cannot do")))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.endsWith("| shown by |"))
                .toList();
        assertThat(rows).isNotEmpty();
        for (String row : rows) {
            String shown = row.substring(row.lastIndexOf(" | "));
            List<String> tests = Pattern.compile("`(\\w+)`")
                    .matcher(shown)
                    .results()
                    .map(found -> found.group(1) + ".java")
                    .toList();
            assertThat(tests).as(row).isNotEmpty();
            assertThat(names).as(row).containsAll(tests);
        }
    }

    private static List<String> calls(String text) {
        return CALL.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static List<Path> documents() throws IOException {
        return Stream.concat(Stream.of(README), pages().stream())
                .filter(path -> !path.equals(REFERENCE))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return docs.filter(path -> path.toString().endsWith(".md")).toList();
        }
    }

    /** The anchors that GitHub makes of a page's headings. */
    private static List<String> anchors(Path page) throws IOException {
        return Files.readString(page)
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    private static String reference() {
        StringBuilder text = new StringBuilder("""
                # The command line

                `airworthy COMMAND`; [installing](install.md) says how to get it. Without its launcher it is
                `java -jar airworthy-cli.jar COMMAND`. Needs Java 17 or newer.

                ```
                %s```

                - Results go to standard output, everything else to standard error. With `--format json` standard output
                  contains exactly one JSON document, also when the run fails: then it is
                  `{"schemaVersion": 1, "error": {"exitStatus": 3, "message": "..."}}`, and the message is on standard error
                  too. An interrupted run has `"interrupted": true` instead of `exitStatus`: the signal decides between 130 and 143.
                  Every document has a `schemaVersion`; members may be added to a version, and are never removed.
                - A failed test ends `test` with status 1; with `--key` its result is signed and attached all the same.
                - The command line signs what it observed itself as `build-agent`, and what it was given (`attest`,
                  `scan --report`) as `imported`; a policy says what it believes.
                - Ctrl-C and SIGTERM stop a run in order. A promotion moves the tag last: it points to the old image or to
                  the complete new one, even if the process is killed.
                - Arguments are taken literally; they are not read from files. Names of images are never guessed:
                  the registry is always written out, and there is no default tag.
                - In a script, write `--` before a name that comes from elsewhere: `airworthy verify --policy p.yaml -- "$IMAGE"`. Without it,
                  an image called `-h` would be an option. `--help` beside other arguments ends with status 2, never with 0.
                - A cold start is faster with Java's class data sharing: the launcher uses an archive that `airworthy-prepare`
                  makes ([installing](install.md#a-faster-start)). Without the launcher, `-XX:TieredStopAtLevel=1` makes `verify` start faster,
                  and everything that reads layers (`build`, `test`, `scan`, `promote`) several times slower.

                ## A report in a file, and for other programs

                `--output FILE` writes the result to a file, and nothing to standard output. At the end an older file is replaced in one step: by
                the report, or, if the run fails, by what tells the failure: the document of the format, or in `text` the word `UNDECIDED` and the
                message. That is so also if the arguments are wrong, unless airworthy cannot tell which command is meant. A run that is killed
                (SIGKILL, a power failure) leaves the older file: look at the exit status too. Before the work begins, a file is refused with
                status 2 if it cannot be written, is not a regular file, or is named by another argument, a variable or the configuration file
                (a key, a policy, a file in an image layout or in the folder of `--docker-config`). `--output` always names where what a command makes goes: `key generate`,
                `key import`, `key show` and `evidence download` make keys and files of evidence, so the option names those there.

                | `--format` | of | passed | refused | no answer (status 2 or 3) |
                |---|---|---|---|---|
                | `text` | every command | | | a message on standard error, and `UNDECIDED` in the file of `--output` |
                | `json` | every command | `"decision": "PASSED"` | `"decision": "FAILED"` | a member `error` |
                | `sarif` | `verify`, `promote`; `scan` for its findings | no result | a result of level `error` for each refused item, with the findings behind it as notes | a result of level `error` under the rule `verdict`; `executionSuccessful` is `false`, and a notification says why |
                | `junit` | `verify`, `promote` | a test case for each item, and one called `verdict` | `failure` in the refused items and in `verdict` | a test case with `error` |

                In SARIF the rules are the items of the policy, and the place is the image by its digest; both are listed also if the image passed.
                The log of an interrupted run has no `exitCode`. A command that does not have a format says so on standard error alone. A log has at most 5,000 results; it says
                how many it leaves out, and refused items come first. In JUnit's XML each image is a suite, and what the policy leaves out is
                `skipped`. A waived item is a test case that passed; its output says who waived it. The case `verdict` fails whenever the command
                refuses, also where no single item failed. The exit status is the same with every format.

                ## A limit for the whole run

                `--timeout 10m` stops any command after this time: `90s`, `10m`, `2h`, as in policies, at most `1d`. It ends with status 3, like
                everything that could not be decided. The message says what the run was at and in which state a tag is. `--minutes` limits a part
                of the work: in `verify` and `promote` the verdict, in `scan` one image. Both apply, and the one that ends first decides.

                ## The words of the steps

                The [steps of a pipeline](pipeline.md) and the options mean the same. Where the words differ, the command line understands the
                step's word as well, or has another way to say it.

                | step | parameter | at the command line |
                |---|---|---|
                | `imageBuild` | `files`, `labels`, `ports`, `volumes`, `platforms` | `--file`, `--label`, `--port`, `--volume`, `--platform`, each several times; `--files` and so on are understood |
                | `imageBuild` | `cmd` | `--command`; `--cmd` is understood |
                | `imageBuild` | `to`, `base`, `entrypoint`, `env`, `user`, `workdir` | the same |
                | `imageTest` | `structure`, `junit` | the same, each several times |
                | `imageTest` | `failOnFailedTests: false` | the exit status 1 says that a test failed |
                | `imageScan` | `sbom: false` | `--no-sbom` |
                | `imageAttest` | `predicateType`, `predicateFile` | `--type`, `--predicate`; `--predicate-type` and `--predicate-file` are understood |
                | `imageVerify` | `target` | the same |
                | `imagePromote` | `to` | the second argument |
                | `imagePromote` | `failOnRefusal: false` | the exit status 1 says that the policy refused |
                | `imagePrune` | `dryRun: true` | `--dry-run` |
                | all | `image` | the first argument, which is never left out |
                | all | `key`, `policy` | `--key FILE`, `--policy FILE`: in Jenkins they are names that an administrator gave |

                ## Files for options that are not given

                | option | variable | in `~/.config/airworthy/config.yaml` |
                |---|---|---|
                | `--policy FILE` | `AIRWORTHY_POLICY` | `policy` |
                | `--trust NAME=FILE` | `AIRWORTHY_TRUST`, several with a colon between them | `trust`, a map of names to files |
                | `--trusted-root FILE` | `AIRWORTHY_TRUSTED_ROOT` | `trustedRoot` |
                | `--key FILE`, where it signs | `AIRWORTHY_KEY` | `key` |
                | `--recalls REF` | `AIRWORTHY_RECALLS` | `recalls` |
                | `--recalls-key FILE` | `AIRWORTHY_RECALLS_KEY` | `recallsKey` |
                | `--recalls-state FOLDER` | `AIRWORTHY_RECALLS_STATE` | `recallsState` |
                | `--ledger FOLDER` or `URL` | `AIRWORTHY_LEDGER` | `ledger` |
                | `--ledger-key FILE` | `AIRWORTHY_LEDGER_KEY` | `ledgerKey` |

                ```yaml
                policy: production.yaml
                trust: {release: release.pub, scan: /etc/airworthy/scan.pub}
                trustedRoot: trusted_root.json
                key: release.key
                ```

                - An option wins over its variable, and the variable over the file. They are not added up: one `--trust` replaces all keys
                  of the variable or the file.
                - With a key in the variable or the file, every command that can sign does sign: also `build`, `test`, `scan` and
                  `promote`. `--keyless` takes precedence over it.
                - The file is below `XDG_CONFIG_HOME` if that is set. Relative names in it are relative to its folder. It is strict
                  YAML; an unknown key is an error with line and column. Passwords do not belong there, and there is no key for one.
                - It says whom to believe. So it is refused if others than you and root may write it or a folder above it.

                """.formatted(Help.overview()));
        for (CommandList entry : CommandList.values()) {
            text.append("\n## ").append(entry.words()).append("\n\n```\n");
            text.append(entry.help(PageWidth.DEFAULT)).append("```\n");
        }
        text.append("\n[All documentation](../README.md#read-on)\n");
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
