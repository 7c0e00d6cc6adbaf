package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArgumentParserTest {
    /** A command with one option or parameter of each kind. */
    private static class Sample extends Command {
        final Argument reference = parameter("REF", "");
        final Argument policy = required("--policy", "FILE", "");
        final Argument keys = repeated("--key", "NAME=FILE", "");
        final Argument output = optional("--output", "FILE", "").alias("-o");
        final Argument minutes = number("--minutes", "N", "");
        final Argument offline = flag("--offline", "");
        final Argument older = optional("--polixy", "FILE", "").hidden();

        @Override
        List<String> examples() {
            return List.of();
        }

        @Override
        Report run(CommandEnvironment environment, Progress progress) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class SeveralSample extends Sample {
        final Argument more = parameters("MORE", "");
    }

    private static Sample parse(String... words) throws InvalidInputException {
        Sample sample = new Sample();
        ArgumentParser.parse(sample, List.of(words));
        return sample;
    }

    @Test
    void takesValuesThatStandApartAndThatAreAttached() throws Exception {
        Sample sample = parse("--key", "a=b", "--key=c=d", "image", "--policy=p", "--minutes", "7", "--offline");
        assertThat(sample.reference.text()).isEqualTo("image");
        assertThat(sample.policy.text()).isEqualTo("p");
        assertThat(sample.keys.values()).containsExactly("a=b", "c=d");
        assertThat(sample.minutes.number()).contains(7);
        assertThat(sample.offline.given()).isTrue();
        assertThat(sample.output.value()).isEmpty();
        assertThat(sample.quiet.given()).isFalse();
        assertThat(sample.format()).isEqualTo(Format.text);
    }

    @Test
    void takesSeveralParametersOfOneNameAndAtLeastOne() throws Exception {
        SeveralSample sample = new SeveralSample();
        ArgumentParser.parse(sample, List.of("image", "--policy=p", "a", "-q", "b", "--", "-c"));
        assertThat(sample.reference.text()).isEqualTo("image");
        assertThat(sample.more.values()).containsExactly("a", "b", "-c");
        assertThatThrownBy(() -> ArgumentParser.parse(new SeveralSample(), List.of("image", "--policy=p")))
                .hasMessage("MORE is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-qo file", "-q -ofile", "-qofile", "-q -o=file", "-qo=file", "-o file --quiet=true"})
    void takesLettersInARow(String words) throws Exception {
        Sample sample = parse(("image --policy p " + words).split(" "));
        assertThat(sample.quiet.given()).isTrue();
        assertThat(sample.output.value()).contains("file");
    }

    /** A file name, a quote or a variable in an argument is a value and no more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@arguments",
                "'quoted'",
                "\"quoted\"",
                "",
                "-",
                "-x",
                "--unknown",
                "$HOME",
                "${sys:user.home}",
                "%n",
                "a=b",
                "=",
                "a\nb"
            })
    void takesAValueLiterally(String value) throws Exception {
        assertThat(parse("image", "--policy", value).policy.text()).isEqualTo(value);
        assertThat(parse("image", "--policy=" + value).policy.text()).isEqualTo(value);
        assertThat(parse("--policy", "p", "--", value).reference.text()).isEqualTo(value);
    }

    /** What looks like an option and is attached, or behind two dashes, is a value. */
    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "--", "--policy=x", "-q"})
    void takesNoValueForAnOption(String value) throws Exception {
        Sample attached = parse("image", "--policy=" + value);
        assertThat(attached.policy.text()).isEqualTo(value);
        assertThat(attached.help.given()).isFalse();
        Sample last = parse("--policy=p", "--", value);
        assertThat(last.reference.text()).isEqualTo(value);
        assertThat(last.help.given()).isFalse();
        assertThatThrownBy(() -> parse("image", "--policy", value))
                .hasMessageStartingWith(
                        "--policy needs a value, but '" + value + "' follows: join them with '=' if it is the value");
    }

    @Test
    void takesAFlagBack() throws Exception {
        assertThat(parse("image", "--policy=p", "--offline=false").offline.given())
                .isFalse();
    }

    /** An option that is given twice must not silently win or lose: the policy would be another than the one that is read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "image --policy a --policy b | --policy is given twice: keep one",
                "image --policy=a --policy=a | --policy is given twice: keep one",
                "image --policy a -ob --output c | --output is given twice: keep one",
                "image --policy=p --offline --offline=false | --offline is given twice: keep one",
                "image --policy=p -qq | --quiet is given twice: keep one",
                "image --policy | --policy needs a value: --policy FILE",
                "image --policy p -qo | --output needs a value: --output FILE",
                "image --policy --key=a=b | --policy needs a value, but '--key=a=b' follows: join them with '='",
                "image | --policy is missing",
                "--policy p | REF is missing",
                "--offline | REF and --policy are missing",
                "image --policy p other more | 'other' is one argument too many",
                "image --policy p -- --other | '--other' is one argument too many",
                "image --policy p --polic x | there is no option '--polic'; did you mean '--policy'?",
                "--polic=x | there is no option '--polic'; did you mean '--policy'?",
                "image --POLICY=p | there is no option '--POLICY'; did you mean '--policy'?",
                "image --policy p --off | there is no option '--off'",
                "image --policy p --=x | there is no option '--'",
                "image --policy p -=x | there is no option '-'",
                "image --policy p --- | there is no option '---'",
                "image --policy p -1 | there is no option '-1'",
                "image --policy p -qxh | there is no option '-x' in '-qxh'",
                "image --policy p -xyz | there is no option '-xyz'",
                "image --policy p -offline --key | --key needs a value: --key NAME=FILE",
                "image --policy p --minutes seven | --minutes 'seven': expected a whole number",
                "image --policy p --minutes= | --minutes '': expected a whole number",
                "image --policy p --minutes 99999999999 | --minutes '99999999999': expected a whole number",
                "image --policy p --offline=no | --offline 'no': expected true or false",
                "image --policy p --offline= | --offline '': expected true or false",
                "image --policy p --format=xml | --format 'xml': expected text or json",
                "image --policy p --format=JSON | --format 'JSON': expected text or json"
            })
    void refuses(String words, String message) {
        assertThatThrownBy(() -> parse(words.split(" ")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void namesAllThatIsMissing() {
        assertThatThrownBy(() -> ArgumentParser.parse(new SeveralSample(), List.of()))
                .hasMessage("REF, --policy and MORE are missing");
    }

    @Test
    void takesAnEarlierSpellingAndSuggestsItToNobody() throws Exception {
        assertThat(parse("image", "--policy=p", "--polixy=q").older.value()).contains("q");
        assertThatThrownBy(() -> parse("image", "--polixi=p"))
                .hasMessage("there is no option '--polixi'; did you mean '--policy'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "-qh", "--help --format json", "--debug --help -q"})
    void asksForNothingWhereHelpIsAskedFor(String words) {
        assertThatCode(() -> parse(words.split(" "))).doesNotThrowAnyException();
    }

    /** {@code IMAGE=-h}: what a script takes for a verdict would be the status of a help text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-h --policy p",
                "image --policy p -h",
                "image --help",
                "-qhx",
                "--help --unknown",
                "--offline --help too many parameters",
                "--help -o file",
                "--help --timeout 1m",
                "--help --minutes many"
            })
    void helpBesideOtherArgumentsIsNoSuccess(String words) {
        assertThatThrownBy(() -> parse(words.split(" ")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--help stands beside other arguments, so nothing was decided: ");
    }

    /** A run that fails answers where its report would have gone, so that is read also behind a fault. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-o=file --bogus",
                "-ofile --bogus",
                "--bogus -qo file",
                "--bogus=x --output=file",
                "a b c --output file",
                "--format xml -o file",
                "--minutes many -o file",
                "--policy --output file",
                "-xyz -qofile",
                "--offline=no -o file"
            })
    void readsWhereToAnswerAlsoBehindAFault(String words) {
        Sample sample = new Sample();
        ArgumentParser.read(sample, List.of(words.split(" ")));
        assertThat(sample.output.values()).containsExactly("file");
    }

    /** A script that calls the program with names of others: its log must not be forged, nor its terminal be steered. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--\u001b[2J\u001b]0;title\u0007",
                "--a\nairworthy: passed",
                "-\u001b[31m",
                "-q\u202eevil",
                "--\u202e\u2066x",
                "\u009b31m",
                "--format=\u001b[1m\r",
                "--quiet=\n",
                "--minutes=\u0000"
            })
    void repeatsNoControlCharacter(String word) {
        for (String[] words : new String[][] {{"image", "--policy=p", word}, {"--policy", "p", "image", "x", word}}) {
            assertThatThrownBy(() -> parse(words))
                    .isInstanceOf(InvalidInputException.class)
                    .message()
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--", "-", "-q", "", "--format=", "--minutes=", "--quiet=", "--x="})
    void repeatsAMegabyteInFewLetters(String start) {
        String word = start + "x".repeat(1024 * 1024);
        assertThatThrownBy(() -> parse("image", "--policy=p", word))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .hasSizeLessThan(300);
        assertThatThrownBy(() -> parse("image", "--policy", "--key=" + word))
                .message()
                .hasSizeLessThan(300);
    }

    @Test
    void readsManyArgumentsInLittleTime() throws Exception {
        String[] words = new String[200_002];
        Arrays.fill(words, "--key=a=b");
        words[0] = "image";
        words[1] = "--policy=p";
        assertThat(parse(words).keys.values()).hasSize(200_000);
        assertThat(parse("image", "--policy=p", "-o" + "q".repeat(1024 * 1024))
                        .output
                        .text())
                .hasSize(1024 * 1024);
    }

    /** Of two options with one name, one would never be heard. */
    @ParameterizedTest
    @EnumSource(CommandList.class)
    void noCommandDeclaresANameTwice(CommandList entry) {
        assertThat(entry.command().arguments().stream().flatMap(argument -> argument.names().stream()))
                .doesNotHaveDuplicates();
    }

    /** A parameter behind one that takes all the rest would never get a value. */
    @ParameterizedTest
    @EnumSource(CommandList.class)
    void onlyTheLastParameterIsRepeatable(CommandList entry) {
        List<Argument> parameters = entry.command().arguments().stream()
                .filter(Argument::isParameter)
                .toList();
        assertThat(parameters.stream().limit(Math.max(0, parameters.size() - 1)))
                .noneMatch(Argument::isRepeatable);
    }
}
