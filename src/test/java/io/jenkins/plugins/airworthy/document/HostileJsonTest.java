package io.jenkins.plugins.airworthy.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** JSON that two readers would understand differently, or that is made to cost time or memory. */
@Timeout(30)
class HostileJsonTest {
    private static final int LIMIT = 8 * 1024 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-16"})
    void refusesOtherEncodings(String encoding) {
        byte[] bytes = "{\"a\":1}".getBytes(Charset.forName(encoding));
        assertThatThrownBy(() -> StrictJson.parse(bytes, "a document", LIMIT))
                .isInstanceOf(InvalidInputException.class);
    }

    /** An empty object takes three bytes of text and eighty of memory. */
    @Test
    void refusesVeryManyTinyValues() throws InvalidInputException {
        int allowed = 16_000 / StrictJson.BYTES_OF_A_VALUE;
        String most = "[" + "{},".repeat(allowed - 2) + "{}]";
        assertThat(StrictJson.parse(most.getBytes(UTF_8), "a document", 16_000)).hasSize(allowed - 1);

        assertThatThrownBy(() -> StrictJson.parse(("[" + most + "]").getBytes(UTF_8), "a document", 16_000))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("more than the allowed 1000 values");
    }

    @Test
    void refusesMoreValuesThanItsReaderExpects() {
        assertThatThrownBy(() -> StrictJson.parseObject("{\"a\":[1,2]}".getBytes(UTF_8), "a document", LIMIT, 3))
                .hasMessageContaining("more than the allowed 3 values");
    }

    @Test
    void doesNotQuoteLongUntrustedNames() throws InvalidInputException {
        String name = "x".repeat(5_000);
        JsonObject object = StrictJson.parseObject(("{\"" + name + "\":1}").getBytes(UTF_8), "a document", LIMIT);

        assertThatThrownBy(() -> object.allowOnly(Set.of("known")))
                .message()
                .startsWith("a document: xxx")
                .endsWith("x…: unknown member")
                .hasSizeLessThan(200);
    }

    @Test
    void refusesAByteOrderMark() {
        assertThatThrownBy(() -> parse("\uFEFF{}")).hasMessageContaining("begins with a byte order mark");
    }

    @Test
    void refusesMalformedBytesAnywhere() {
        byte[] right = ("{\"a\":\"" + "é".repeat(20_000) + "\"}  ").getBytes(UTF_8);
        for (int place : new int[] {0, 1, 7, 9_001, 40_000, right.length - 1}) {
            byte[] wrong = right.clone();
            wrong[place] = (byte) 0xFF;
            assertThatThrownBy(() -> StrictJson.parse(wrong, "a document", LIMIT))
                    .as("byte " + place)
                    .hasMessageContaining("not valid UTF-8");
        }
        byte[] overlong = {'"', (byte) 0xC0, (byte) 0x80, '"'};
        assertThatThrownBy(() -> StrictJson.parse(overlong, "a document", LIMIT))
                .hasMessageContaining("not valid UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"\\u0061\":2}",
                "{\"\":1,\"\":2}",
                "{\"a\":null,\"a\":null}",
                "[{\"x\":{\"b\":[],\"b\":[]}}]"
            })
    void refusesTheSameMemberHoweverItIsWritten(String text) {
        assertThatThrownBy(() -> parse(text)).hasMessageContaining("a member occurs twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "{\"\\udc00\":1}", "[\"a\\ud83d\"]", "\"\\udc00\\ud800\""})
    void refusesHalfASurrogatePair(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("half a surrogate pair");
    }

    @Test
    void readsAWholeSurrogatePair() throws InvalidInputException {
        assertThat(parse("\"\\ud83d\\ude00\"").textValue()).isEqualTo("😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// comment\n{}",
                "/* */ {}",
                "# x\n{}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":0x10}",
                "{\"a\":Infinity}",
                "{a:1}",
                "[1,,2]",
                "{\"a\":1,}",
                "\"a\nb\"",
                "\"a\u0000b\"",
                "\u0000{}",
                "{}\u0000",
                "\"\\x41\"",
                "\u00a0{}",
                "{} {}",
                "[]]",
                "tru",
                "True",
                "\"open"
            })
    void refusesWhatOtherReadersLetPass(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e-999999999", "1E+401"})
    void refusesNumbersThatAreCostlyToCompute(String number) {
        assertThatThrownBy(() -> parse("[" + number + "]")).hasMessageContaining("a number beyond 1e400");
    }

    @Test
    void endsSoonOnDeepAndLongDocuments() {
        for (String bomb : new String[] {
            "[".repeat(LIMIT), "{\"a\":".repeat(LIMIT / 5), "[[],".repeat(LIMIT / 4), "\"" + "\\u0041".repeat(LIMIT / 6)
        }) {
            assertThatThrownBy(() -> parse(bomb)).isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(() -> parse("{\"" + "a".repeat(StrictJson.MAX_NAME_LENGTH + 1) + "\":1}"))
                .hasMessageContaining("the name of a member longer than");
    }

    @Test
    void readsManyNamesThatCollideInTime() throws InvalidInputException {
        StringBuilder text = new StringBuilder("{");
        int names = 1 << 16;
        for (int i = 0; i < names; i++) {
            text.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 16; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // the same hash code for every name
            }
            text.append("\":0");
        }
        assertThat(parse(text.append('}').toString()).size()).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"a":1,¶ "a":2}|2:5
                    {"a":1}¶x|2:2
                    {"é":[1,¶2,¶ tru]}|3:6
                    """)
    void reportsLineAndColumn(String text, String place) {
        assertThatThrownBy(() -> parse(text.replace('¶', '\n')))
                .hasMessageMatching("a document:" + place.charAt(0) + ":\\d+: is not valid JSON: .*");
    }

    @Test
    void quotesNoContentInItsErrors() {
        String secret = "hunter2hunter2";
        for (String text : new String[] {
            "{\"password\":\"" + secret + "\" x}",
            secret,
            "[" + secret + "]",
            "{\"" + secret + "\":1,\"" + secret + "\":2}"
        }) {
            assertThatThrownBy(() -> parse(text))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(secret));
        }
    }

    @Test
    void neverKeepsMoreThanItsCallerAllows() {
        byte[] large = new byte[101];
        Arrays.fill(large, (byte) ' ');
        assertThatThrownBy(() -> StrictJson.parse(large, "a document", 100)).hasMessageContaining("larger than");
    }

    private static JsonNode parse(String text) throws InvalidInputException {
        return StrictJson.parse(text.getBytes(UTF_8), "a document", LIMIT);
    }
}
