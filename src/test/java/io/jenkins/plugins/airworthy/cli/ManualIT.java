package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The manual pages as man shows them: without a warning, and with every command and every option. */
class ManualIT {
    private static final Path PAGES =
            Path.of(System.getProperty("airworthy.cli")).toAbsolutePath().resolveSibling("airworthy/share/man/man1");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(CommandList.class)
    void everyCommandHasAPageWithEachOfItsOptions(CommandList entry) throws Exception {
        String page = shown("airworthy-" + entry.words().replace(' ', '-'));
        assertThat(page)
                .contains("NAME", "SYNOPSIS", "OPTIONS", "EXAMPLES", "airworthy " + entry.words(), entry.summary());
        for (Argument argument : entry.command().arguments()) {
            // Older spellings are accepted, and help does not mention them.
            if (!argument.isHidden()) {
                assertThat(page).contains("       " + String.join(", ", argument.names()));
            }
        }
    }

    @Test
    void thePageOfTheProgramListsEveryCommandAndSaysWhatTheHelpSays() throws Exception {
        String page = shown("airworthy");
        for (CommandList entry : CommandList.values()) {
            assertThat(page).contains("airworthy-" + entry.words().replace(' ', '-') + "(1)", entry.summary());
        }
        assertThat(page).contains("EXIT STATUS", "ENVIRONMENT", KeyPasswords.VARIABLE);
    }

    @Test
    void theProgramThatPreparesTheStartHasAPageOfWhatItDoes() throws Exception {
        String page = shown("airworthy-prepare");
        String script = Files.readString(Path.of("src/packages/bin/airworthy-prepare"));
        String launch = Files.readString(Path.of("src/packages/lib/launch.sh"));
        assertThat(page).contains("--system", "/var/cache/airworthy", "XDG_CACHE_HOME", "airworthy(1)");
        assertThat(script).contains("usage: airworthy-prepare [--system]", "1:--system)");
        assertThat(launch).contains("system_folder=/var/cache/airworthy");
        for (Matcher status = Pattern.compile("exit ([0-9]+)").matcher(script); status.find(); ) {
            assertThat(page).contains(status.group(1));
        }
    }

    private String shown(String name) throws Exception {
        String page = PAGES.resolve(name + ".1").toString();
        Tool man = Tool.require("man");
        assertThat(man.run(folder, Map.of(), "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page)
                        .succeeded()
                        .err())
                .as(name)
                .isEmpty();
        Map<String, String> wide = Map.of("MANWIDTH", "300", "LC_ALL", "C.UTF-8", "MAN_KEEP_FORMATTING", "");
        return man.run(folder, wide, "-P", "cat", "-l", page).succeeded().out();
    }
}
