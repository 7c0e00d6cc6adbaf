package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonObjectTest {
    @Test
    void readsMembersOfTheirTypes() throws InvalidInputException {
        JsonObject json = parse("{'s':'x','n':7,'b':true,'t':'2026-01-31T12:00:00+01:00','o':{'s':'y'},"
                + "'l':['a','b'],'m':{'k':'v','j':'w'},'os':[{'s':'1'},{'s':'2'}],'null':null}");
        assertThat(json.string("s")).isEqualTo("x");
        assertThat(json.count("n")).isEqualTo(7);
        assertThat(json.optionalBoolean("b")).contains(true);
        assertThat(json.instant("t")).isEqualTo(Instant.parse("2026-01-31T11:00:00Z"));
        assertThat(json.object("o").string("s")).isEqualTo("y");
        assertThat(json.strings("l")).containsExactly("a", "b");
        assertThat(json.stringMap("m")).containsExactly(entry("k", "v"), entry("j", "w"));
        assertThat(json.objects("os")).hasSize(2);
        assertThat(json.has("null")).isFalse();
        assertThat(json.optionalString("null")).isEmpty();
        assertThat(json.objects("absent")).isEmpty();
    }

    @Test
    void namesTheDocumentAndThePlaceOfWhatIsWrong() throws InvalidInputException {
        JsonObject json = parse("{'a':{'b':[{'c':1},{'c':'x'},3]}}");
        assertThatThrownBy(() -> json.object("a").objects("b")).hasMessage("doc: a.b[2]: expected an object");
        assertThatThrownBy(() -> parse("{'a':[{'b':1}]}").objects("a").get(0).string("b"))
                .hasMessage("doc: a[0].b: expected a string");
        assertThatThrownBy(() -> parse("{}").string("a")).hasMessage("doc: a: is missing");
        assertThatThrownBy(() -> parse("{'a':['x',null]}").strings("a")).hasMessage("doc: a[1]: expected a string");
        assertThatThrownBy(() -> parse("{'a':{'k':1}}").stringMap("a")).hasMessage("doc: a.k: expected a string");
        assertThatThrownBy(() -> parse("{'a':1}").allowOnly(Set.of("b"))).hasMessage("doc: a: unknown member");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.0", "1e3", "9223372036854775808", "'1'", "true", "[]", "{}"})
    void refusesSizesThatAreNoWholeNumberOrNegative(String number) {
        assertThatThrownBy(() -> parse("{'size':" + number + "}").count("size"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("doc: size: expected a whole number that is not negative");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"''", "'yesterday'", "'2026-01-31'", "'2026-01-31T12:00:00'", "'2026-02-30T12:00:00Z'", "0"})
    void refusesTimesWithoutDateTimeAndOffset(String time) {
        assertThatThrownBy(() -> parse("{'at':" + time + "}").instant("at")).isInstanceOf(InvalidInputException.class);
    }

    /** Go's reader takes the last of {@code layers}, {@code Layers} and {@code layerſ} for the same member. */
    @ParameterizedTest
    @ValueSource(strings = {"Layers", "LAYERS", "layerſ"})
    void refusesMembersThatOtherReadersTakeForTheExpectedOne(String lookalike) throws InvalidInputException {
        JsonObject both = parse("{'layers':['good'],'" + lookalike + "':['bad']}");
        JsonObject alone = parse("{'" + lookalike + "':['bad']}");
        for (JsonObject json : new JsonObject[] {both, alone}) {
            assertThatThrownBy(() -> json.strings("layers")).hasMessageContaining("only in upper and lower case");
            assertThatThrownBy(() -> json.optionalString("layers"))
                    .hasMessageContaining("only in upper and lower case");
            assertThatThrownBy(() -> json.optionalObject("layers"))
                    .hasMessageContaining("only in upper and lower case");
            assertThatThrownBy(() -> json.optionalCount("layers")).hasMessageContaining("only in upper and lower case");
            assertThatThrownBy(() -> json.optionalBoolean("layers"))
                    .hasMessageContaining("only in upper and lower case");
            assertThat(json.has("layers")).isTrue();
        }
    }

    @Test
    void leavesTheNamesOfAMapAlone() throws InvalidInputException {
        assertThat(parse("{'labels':{'name':'a','Name':'b'}}").stringMap("labels"))
                .hasSize(2);
    }

    private static JsonObject parse(String text) throws InvalidInputException {
        return StrictJson.parseObject(text.replace('\'', '"').getBytes(UTF_8), "doc", 10_000);
    }
}
