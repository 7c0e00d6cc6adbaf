package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What bash, zsh and fish themselves offer after {@code airworthy}: every command, every option, and an option's values. */
class CompletionIT {
    private static final Path SHARE =
            Path.of(System.getProperty("airworthy.cli")).toAbsolutePath().resolveSibling("airworthy/share");

    @TempDir
    Path folder;

    /** A shell that is asked what it would offer. */
    enum Shell {
        BASH {
            @Override
            List<String> command(String line) {
                return List.of(
                        "bash",
                        "--norc",
                        "-c",
                        """
                        . "$0"; read -ra COMP_WORDS <<<"$1"; case $1 in *' ') COMP_WORDS+=('') ;; esac
                        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _airworthy; printf '%s\\n' "${COMPREPLY[@]}"
                        """,
                        SHARE.resolve("bash-completion/completions/airworthy").toString(),
                        line);
            }
        },
        FISH {
            @Override
            List<String> command(String line) {
                return List.of(
                        "fish",
                        "--no-config",
                        "-c",
                        """
                        source $argv[1]; complete -C $argv[2]
                        """,
                        SHARE.resolve("fish/vendor_completions.d/airworthy.fish")
                                .toString(),
                        line);
            }
        },
        ZSH {
            @Override
            List<String> command(String line) {
                return List.of(
                        "zsh",
                        "-f",
                        "src/test/resources/offered.zsh",
                        SHARE.resolve("zsh/site-functions").toString(),
                        line);
            }
        };

        /** What prints one offer a line, with an explanation behind a tab if it likes. */
        abstract List<String> command(String line);
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void offersEveryCommand(Shell shell) throws Exception {
        Set<String> first = Arrays.stream(CommandList.values())
                .map(entry -> first(entry.words()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(offered(shell, "airworthy ")).containsAll(first).contains("help");
        assertThat(offered(shell, "airworthy help ")).containsAll(first);
        assertThat(offered(shell, "airworthy key ")).containsExactlyInAnyOrder("generate", "import", "show");
        assertThat(offered(shell, "airworthy evidence p")).contains("prune");
        assertThat(offered(shell, "airworthy prom")).containsExactly("promote");
        assertThat(offered(shell, "airworthy evidence show --type "))
                .contains("cyclonedx", "vuln", "test-result", "signature");
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void offersEachOptionOfEachCommand(Shell shell) throws Exception {
        for (CommandList entry : CommandList.values()) {
            Set<String> options = entry.command().arguments().stream()
                    .filter(argument -> !argument.isParameter() && !argument.isHidden())
                    .map(Argument::name)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(offered(shell, "airworthy " + entry.words() + " --"))
                    .as(entry.words())
                    .containsExactlyInAnyOrderElementsOf(options);
        }
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void offersTheValuesOfAnOptionAndOtherwiseFiles(Shell shell) throws Exception {
        Files.writeString(folder.resolve("policy.yaml"), "");
        assertThat(offered(shell, "airworthy verify --format "))
                .containsExactlyInAnyOrder("json", "junit", "sarif", "text");
        assertThat(offered(shell, "airworthy key show --format ")).containsExactlyInAnyOrder("json", "text");
        if (shell == Shell.BASH) { // readline adds files where the function offers nothing
            assertThat(offered(shell, "airworthy verify --policy pol")).isEmpty();
        } else {
            assertThat(offered(shell, "airworthy verify --policy pol")).containsExactly("policy.yaml");
        }
    }

    private Set<String> offered(Shell shell, String line) throws Exception {
        List<String> command = shell.command(line);
        List<String> arguments = command.stream()
                .skip(1)
                .map(word ->
                        word.startsWith("src/") ? Path.of(word).toAbsolutePath().toString() : word)
                .toList();
        String out = Tool.require(command.get(0))
                .run(folder, Map.of("HOME", folder.toString(), "TERM", "dumb"), arguments.toArray(String[]::new))
                .out();
        return out.lines()
                .map(offer ->
                        offer.replaceFirst("\t.*", "").replaceFirst("=$", "").strip())
                .filter(offer -> !offer.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String first(String words) {
        return words.replaceFirst(" .*", "");
    }
}
