package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class StrictYamlTest {
    @Test
    void readsMapsListsAndScalarsWithTheirPlaces() throws InvalidInputException {
        YamlValue root = parse("""
                # a comment
                spec:
                  mode: enforce
                  count: 12
                  on-call: "no"
                  list:
                    - a
                    - {b: 'c', d: true}
                  text: |
                    two
                    lines
                """);
        YamlValue spec = root.member("spec");
        assertThat(spec.member("mode").text()).isEqualTo("enforce");
        assertThat(spec.member("count").count()).isEqualTo(12);
        assertThat(spec.member("on-call").text()).isEqualTo("no");
        YamlValue second = spec.member("list").list().get(1);
        assertThat(second.member("b").text()).isEqualTo("c");
        assertThat(second.member("d").truth()).isTrue();
        assertThat(spec.member("text").text()).isEqualTo("two\nlines\n");
        assertThat(second.line() + ":" + second.column()).isEqualTo("8:7");
        assertThat(spec.line() + ":" + spec.column()).isEqualTo("3:3");
        assertThat(spec.map().keySet()).containsExactly("mode", "count", "on-call", "list", "text");
    }

    /** What YAML 1.1 (SnakeYAML, PyYAML) and 1.2 (most others) read differently. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes",
                "No",
                "ON",
                "off",
                "y",
                "N",
                "010",
                "-010",
                "08",
                "0x1F",
                "+0x1F",
                "0b11",
                "0o17",
                "1_000",
                "1_0.5",
                "12:30",
                "1:30:45",
                "-1:30",
                "190:20:30.15",
                ".inf",
                "-.INF",
                ".NaN",
                "=",
                "<<",
                "1_0e3"
            })
    void refusesPlainScalarsThatMeanDifferentThings(String scalar) throws InvalidInputException {
        assertThatThrownBy(() -> parse("a: " + scalar))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("policy.yaml:1:4: '" + scalar
                        + "' means different things in YAML 1.1 and 1.2; quote it if it is meant as text");
        assertThatThrownBy(() -> parse(scalar + ": a")).hasMessageContaining("policy.yaml:1:1: ");
        assertThatThrownBy(() -> parse("a: [x, " + scalar + "]")).hasMessageContaining("policy.yaml:1:8: ");
        assertThat(parse("a: '" + scalar + "'").member("a").text()).isEqualTo(scalar);
        assertThat(parse("a: \"" + scalar + "\"").member("a").text()).isEqualTo(scalar);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true", "False", "NULL", "~", "12", "-1", "1.5", "1.", ".5", "1e3", "1E-3", "6.02e23", "''x", "[a]",
                "{a: b}"
            })
    void takesNoOtherTypeForAText(String scalar) {
        assertThatThrownBy(() -> parse("a: " + scalar).member("a").text()).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-12-31",
                "2026-12-31T12:00:00Z",
                "1.2.3",
                "24h",
                "8080:80",
                "registry.example.com:5000/app:1.0",
                "CVE-2026-0001",
                "pkg:maven/org.example/lib",
                "-",
                "1e",
                "e3",
                "yes!",
                "*.example.com is quoted"
            })
    void takesTextsThatOnlyLookAlike(String text) throws InvalidInputException {
        String written = text.startsWith("*") || text.equals("-") ? "'" + text + "'" : text;
        assertThat(parse("a: " + written).member("a").text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "+1", "1.0", "'1'", "0x10", "01", "1e3", "9999999999999999999", "one", "[]", "~", "1 "})
    void takesOnlyPlainDecimalNumbersForCounts(String number) throws InvalidInputException {
        if (number.equals("1 ")) {
            assertThat(parse("a: " + number).member("a").count()).isEqualTo(1);
        } else {
            assertThatThrownBy(() -> parse("a: " + number).map().get("a").count())
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"True", "TRUE", "'true'", "1", "truthy", "[]"})
    void takesOnlyTrueAndFalseForTruth(String value) {
        assertThatThrownBy(() -> parse("a: " + value).member("a").truth()).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    a: &x 1¶b: 2|1:4|anchors
                    a: 1¶b: *x|2:4|anchors
                    a: &x {c: d}|1:4|anchors
                    &x a: 1|1:1|anchors
                    a: !!str 12|1:4|tags
                    a: !!str text|1:4|tags
                    a: ! text|1:4|tags
                    a: !local text|1:4|tags
                    a: !!set {x, y}|1:4|tags
                    a: !!omap [x: 1]|1:4|tags
                    a: !!binary aGVsbG8=|1:4|tags
                    a: !!java.net.URL [http://example.com]|1:4|tags
                    a: !<tag:yaml.org,2002:str> x|1:4|tags
                    a: !!map {b: c}|1:4|tags
                    a: !!seq [b]|1:4|tags
                    a: !!str "quoted"|1:4|tags
                    !!str a: 1|1:1|tags
                    a: 1¶---¶b: 2|2:1|only one document
                    a: 1¶...¶---¶b: 2|3:1|only one document
                    %YAML 1.2¶---¶a: 1|1:1|directives
                    %TAG ! tag:x,2000:¶---¶a: 1|1:1|directives
                    <<: {a: 1}|1:1|YAML 1.1
                    a: 1¶b: 2¶a: 3|3:1|occurs twice
                    a: {b: 1, 'b': 2}|1:11|occurs twice
                    ? a¶: 1¶? a¶: 2|3:3|occurs twice
                    ? [a]¶: 1|1:3|expected a text, found a list
                    ? {a: b}¶: 1|1:3|expected a text, found a map
                    1: a|1:1|expected a text
                    ~: a|1:1|found nothing
                    : a|1:1|a ':' without a key
                    true: a|1:1|expected a text
                    a:¶\tb: 1|2:1|a tab where only spaces
                    a: b: c|1:5|quote the text
                    a: 1¶  b: 2|2:4|quote the text
                    a: 'open|1:9|does not end
                    a: [1, 2|1:9|unexpected text
                    a: @x|1:4|unexpected text
                    a: 1¶b|2:2|a key without
                    - a¶b: c|2:1|wrong indentation
                    a: "\\q"|1:6|unexpected text
                    """)
    void refusesWhatCouldHideMeaningAndNamesThePlace(String text, String place, String problem) {
        assertThatThrownBy(() -> parse(text.replace('¶', '\n').replace("\\t", "\t")))
                .as(text)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("policy.yaml:" + place + ": ")
                .hasMessageContaining(problem);
    }

    /** The next line of YAML 1.1 begins there; an editor shows one comment. */
    @ParameterizedTest
    @ValueSource(
            ints = {0x85, 0x2028, 0x2029, '\r', 0, 7, 0x7f, 0x200b, 0x202e, 0x2066, 0xfeff, 0xfff9, 0xe000, 0xffff})
    void refusesCharactersThatEditorsDoNotShow(int codePoint) {
        String hidden = Character.toString(codePoint);
        assertThatThrownBy(() -> parse("a: b\n# harmless " + hidden + "checklist: []"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(String.format("policy.yaml:2:12: contains the character U+%04X", codePoint));
    }

    @Test
    void readsLinesThatEndAsOnWindowsAndCharactersOfEveryScript() throws InvalidInputException {
        YamlValue root = parse("a: 漢字 é 😀\r\nb: \"\\u2028\\t\"\r\n");
        assertThat(root.member("a").text()).isEqualTo("漢字 é 😀");
        assertThat(root.member("b").text()).isEqualTo("\u2028\t");
        assertThat(root.member("b").line()).isEqualTo(2);
    }

    @Test
    void countsACharacterOutsideTheBasicPlaneAsOneColumn() throws InvalidInputException {
        assertThat(parse("{😀: x, b: z}").member("b").column()).isEqualTo(11);
        assertThatThrownBy(() -> parse("😀: \u200b")).hasMessageStartingWith("policy.yaml:1:4: ");
    }

    @Test
    void refusesOtherEncodingsAndAByteOrderMark() {
        assertThatThrownBy(() -> StrictYaml.parse("a: b".getBytes(UTF_16), "policy.yaml"))
                .hasMessageContaining("not valid UTF-8");
        assertThatThrownBy(() -> parse("\uFEFFa: b")).hasMessageContaining("begins with a byte order mark");
        assertThatThrownBy(() -> StrictYaml.parse(new byte[] {'a', ':', ' ', (byte) 0x80}, "policy.yaml"))
                .hasMessage("policy.yaml: is not valid UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n", "---\n", "~", "null\n", "---\n...\n"})
    void refusesAnEmptyDocument(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("policy.yaml: is empty");
    }

    @Test
    void readsToTheDeepestAllowedLevelAndSaysWhereItIsExceeded() throws InvalidInputException {
        int deep = StrictYaml.MAX_DEPTH;
        assertThat(parse("[".repeat(deep) + "]".repeat(deep)).isList()).isTrue();
        assertThatThrownBy(() -> parse("[".repeat(deep + 1) + "]".repeat(deep + 1)))
                .hasMessage("policy.yaml:1:" + (deep + 1) + ": nested deeper than " + deep);
        assertThatThrownBy(() -> parse("[".repeat(100_000))).hasMessageContaining("nested deeper than");
        assertThatThrownBy(() -> parse("{a: ".repeat(50_000))).hasMessageContaining("nested deeper than");
        assertThatThrownBy(() -> parse("- ".repeat(50_000))).hasMessageContaining("nested deeper than");
        assertThatThrownBy(() -> parse("? ".repeat(50_000))).hasMessageContaining("nested deeper than");
    }

    @Test
    void refusesMoreCharactersThanAllowed() throws InvalidInputException {
        String largest = "a: " + "x".repeat(StrictYaml.MAX_CHARACTERS - 3);
        assertThat(parse(largest).member("a").text()).hasSize(StrictYaml.MAX_CHARACTERS - 3);
        assertThatThrownBy(() -> parse(largest + "x"))
                .hasMessageContaining("larger than the allowed 262144 characters");
        assertThatThrownBy(() -> StrictYaml.parse(new byte[8 * 1024 * 1024], "policy.yaml"))
                .hasMessageContaining("larger than");
    }

    @Test
    void refusesVeryManyTinyValues() throws InvalidInputException {
        String most = "[" + "a,".repeat(StrictYaml.MAX_VALUES - 2) + "a]";
        assertThat(parse(most).list()).hasSize(StrictYaml.MAX_VALUES - 1);

        assertThatThrownBy(() -> parse(most.replace("a]", "a,a]")))
                .hasMessageContaining("more than the allowed 50000 values");
    }

    @Test
    void endsSoonOnScalarsMadeToConfuseItsPatterns() throws InvalidInputException {
        for (String part : new String[] {"1:", "1_", "0", "1.", "e1", "yes"}) {
            String scalar = part.repeat(StrictYaml.MAX_CHARACTERS / part.length() - 10) + "!";
            assertThat(parse("a: " + scalar).member("a").text()).endsWith("!");
        }
    }

    @Test
    void refusesUnknownKeysAndNamesThoseItKnows() throws InvalidInputException {
        YamlValue root = parse("name: x\nvulnerabilites: {}\n");
        assertThatThrownBy(() -> root.mapOf(Set.of("vulnerabilities", "name")))
                .hasMessage("policy.yaml:2:1: unknown key 'vulnerabilites', expected one of name, vulnerabilities");
        assertThat(root.mapOf(Set.of("vulnerabilites", "name"))).hasSize(2);
    }

    @Test
    void namesMissingMembersAndMembersWithoutValue() throws InvalidInputException {
        YamlValue root = parse("a:\nb: ~\n");
        assertThatThrownBy(() -> root.member("c")).hasMessage("policy.yaml:1:1: 'c' is missing");
        assertThatThrownBy(() -> root.optional("b")).hasMessage("policy.yaml:2:4: 'b' has no value");
        assertThatThrownBy(() -> root.optional("a")).hasMessageContaining("'a' has no value");
        assertThatThrownBy(root::list).hasMessage("policy.yaml:1:1: expected a list, found a map");
        assertThatThrownBy(() -> parse("a: [1]").member("a").raw())
                .hasMessage("policy.yaml:1:4: expected a value, found a list");
    }

    private static YamlValue parse(String text) throws InvalidInputException {
        return StrictYaml.parse(text.getBytes(UTF_8), "policy.yaml");
    }
}
