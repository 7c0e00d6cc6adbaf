package io.jenkins.plugins.airworthy.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person at a prompt gets wrong, and what is made easy for them. */
class PromptTest {
    private final Session session = new Session();

    @ParameterizedTest
    @CsvSource({
        "promot, promote",
        "verfiy, verify",
        "VERIFY, verify",
        "evidence-prune, evidence prune",
        "signbundle, sign-bundle",
        "key genrate, key generate",
        "polcy check, policy check"
    })
    void asksWhetherAnotherCommandWasMeant(String typed, String meant) {
        Session.Ended ended = session.run(typed.split(" "));
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .contains("is not a command: 'airworthy --help' lists all commands; did you mean '" + meant + "'?");
    }

    /** The first word is a command too, which would take the second for an image. */
    @ParameterizedTest
    @CsvSource({"sho, show", "shwo, show", "Show, show", "donwload, download", "prun, prune"})
    void asksWhetherACommandOfTwoWordsWasMeant(String typed, String meant) {
        Session.Ended ended = session.run("evidence", typed, "oci:a:1");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .contains("'evidence " + typed + "' is neither a command nor an image; did you mean 'evidence " + meant
                        + "'?");
    }

    @Test
    void anImageIsNotTakenForAMistypedCommand() {
        for (String image : new String[] {"oci:show:1", "show/app", "sho.example.com/app:1"}) {
            assertThat(session.run("evidence", image).err()).doesNotContain("did you mean");
        }
        assertThat(session.run("evidence", "fly", "oci:a:1").err()).doesNotContain("did you mean");
    }

    @Test
    void theShortOptionForTheVersionIsUnderstood() {
        assertThat(session.run("-V").out())
                .isEqualTo(session.run("--version").out())
                .startsWith("airworthy ");
        assertThat(session.run("-V").status()).isZero();
    }

    /** The words of a pipeline's step are understood as options where they differ; docs/cli.md has the table. */
    @Test
    void theWordsOfTheStepsAreUnderstood() throws Exception {
        String[] step = {
            "--files",
            "a:/a",
            "--cmd",
            "x",
            "--labels",
            "a=b",
            "--ports",
            "80",
            "--volumes",
            "/v",
            "--platforms",
            "linux/arm64"
        };
        String[] option = {
            "--file",
            "a:/a",
            "--command",
            "x",
            "--label",
            "a=b",
            "--port",
            "80",
            "--volume",
            "/v",
            "--platform",
            "linux/arm64"
        };
        assertThat(values("build", "--base=scratch", "--to=oci:a:1", step))
                .isEqualTo(values("build", "--base=scratch", "--to=oci:a:1", option));
        assertThat(values("attest", "oci:a:1", "--key=k", "--predicate-type", "https://a", "--predicate-file", "f"))
                .isEqualTo(values("attest", "oci:a:1", "--key=k", "--type", "https://a", "--predicate", "f"));
        assertThat(session.run("help", "build").out()).doesNotContain("--files", "--cmd", "--labels");
    }

    private static List<List<String>> values(String command, String first, String second, String... more)
            throws Exception {
        List<String> words = new ArrayList<>(List.of(first, second));
        words.addAll(List.of(more));
        return CommandList.find(List.of(command)).orElseThrow().parse(words).arguments().stream()
                .map(Argument::values)
                .toList();
    }

    @Test
    void doesNotGuessWildly() {
        assertThat(session.run("fly").err()).doesNotContain("did you mean");
        assertThat(session.run("x".repeat(100_000)).err()).doesNotContain("did you mean");
    }

    @Test
    void repeatsALongWordShortenedAndNoControlCharacter() {
        for (String word : new String[] {"x", "-", "--", "-q", "--format=", "--\u001b[2J\u0007"}) {
            String typed = word + "\u001b".repeat(100_000);
            for (Session.Ended ended :
                    new Session.Ended[] {session.run(typed), session.run(typed, "verify"), session.run("version", typed)
                    }) {
                assertThat(ended.status()).isEqualTo(2);
                assertThat(ended.err().strip()).hasSizeLessThan(400).doesNotContainPattern("\\p{Cc}");
            }
        }
    }

    @Test
    void asksWhetherAnotherOptionWasMeant() {
        assertThat(session.run("verify", "oci:a:1", "--polcy", "x").err()).contains("did you mean '--policy'?");
        assertThat(session.run("verify", "oci:a:1", "--policy=p", "--trsut=a=b").err())
                .contains("did you mean '--trust'?");
        assertThat(session.run("promote", "oci:a:1", "oci:b:1", "--policy=p", "--sign-wiht=b")
                        .err())
                .doesNotContain("--sign-with'?");
    }

    @Test
    void aGroupAloneNamesItsCommands() {
        assertThat(session.run("key").err())
                .contains("'key' alone is not a command: write one of key generate, key import, key show");
    }

    @Test
    void optionsOfEveryCommandMayStandBeforeIt() throws Exception {
        assertThat(session.run("-q", "--format", "json", "version")
                        .json()
                        .at("/schemaVersion")
                        .intValue())
                .isEqualTo(1);
        assertThat(session.run("--format=json", "version").json().has("version"))
                .isTrue();
        assertThat(session.run("--help", "verify").out())
                .isEqualTo(session.run("help", "verify").out());
        assertThat(session.run("-q", "--help").out())
                .isEqualTo(session.run("help").out());
        assertThat(session.run("--format=json", "evidence", "oci:absent:1")
                        .json()
                        .at("/error/exitStatus")
                        .intValue())
                .isEqualTo(3);
    }

    /** {@code IMAGE=-h}, {@code COMMAND=--version}: a script that reads the status takes help for a verdict. */
    @Test
    void helpAndVersionBesideOtherArgumentsAreNoSuccess() {
        for (String call : List.of(
                "verify -h --policy p.yaml",
                "verify -qhx",
                "-h verify oci:a:1",
                "key --help show",
                "--help key loose",
                "--version verify oci:a:1")) {
            Session.Ended ended = session.run(call.split(" "));
            assertThat(ended.status()).as(call).isEqualTo(2);
            assertThat(ended.out()).isEmpty();
        }
        assertThat(session.run("verify", "-h", "--policy", "p.yaml").err()).contains("nothing was decided");
        assertThat(session.run("verify", "--policy", "p.yaml", "--", "-h").err())
                .contains("does not name its registry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--policy", "--quiet=yes", "-x", "--"})
    void otherOptionsMayNot(String option) {
        Session.Ended ended = session.run(option, "verify", "oci:a:1");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("comes before the command").contains("airworthy COMMAND [OPTIONS]");
    }

    @Test
    void aFormatOfAnotherNameBeforeTheCommandIsRefusedAsBehindIt() {
        assertThat(session.run("--format", "xml", "version").status()).isEqualTo(2);
        assertThat(session.run("--format").status()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(CommandList.class)
    void helpIsAsWideAsTheTerminal(CommandList entry) {
        for (int columns : new int[] {40, 60, 80, 120}) {
            session.environment.put("COLUMNS", "" + columns);
            String help = session.run(("help " + entry.words()).split(" ")).out();
            assertThat(help.substring(0, help.indexOf("Examples:")).lines())
                    .allMatch(line -> line.length() <= columns || !line.strip().contains(" "));
        }
    }

    @Test
    void theOverviewFitsFortyColumnsAndLosesNoWord() {
        String wide = session.run("help").out();
        session.environment.put("COLUMNS", "40");
        String narrow = session.run("help").out();
        assertThat(narrow.lines()).allMatch(line -> line.length() <= 42);
        assertThat(narrow.split("\\s+")).isEqualTo(wide.split("\\s+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "many", "", "99999999999"})
    void aWidthThatIsNoneIsTheDefault(String columns) {
        String usual = session.run("help", "verify").out();
        session.environment.put("COLUMNS", columns);
        assertThat(session.run("help", "verify").out()).isEqualTo(usual);
    }

    @Test
    void debugShowsWhereAFailureHappened() {
        assertThat(session.run("evidence", "oci:absent:1", "--debug").err()).contains("at io.jenkins");
        assertThat(session.run("--debug", "evidence", "oci:absent:1").err()).contains("at io.jenkins");
        assertThat(session.run("evidence", "oci:absent:1").err()).doesNotContain("at io.jenkins");
    }
}
