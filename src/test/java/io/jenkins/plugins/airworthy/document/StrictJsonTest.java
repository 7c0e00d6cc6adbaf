package io.jenkins.plugins.airworthy.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StrictJsonTest {
    private static final int LIMIT = 100_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"b\":[true,false,null,\"x\",{}],\"c\":{\"d\":[]}}",
                "[9223372036854775807,123456789012345678901234567890,-1]",
                "[1.10,0.1,1.5]",
                "\"\\u0000\\n\\\"\\\\ é 漢 😀\"",
                "null"
            })
    void writesWhatItReadWithTheSameMeaning(String text) throws InvalidInputException {
        var read = parse(text);
        assertThat(parse(new String(StrictJson.write(read), StandardCharsets.UTF_8)))
                .isEqualTo(read);
        assertThat(parse(StrictJson.pretty(read))).isEqualTo(read);
    }

    @Test
    void writesMembersInTheirOrderAndNumbersAsTheyWere() throws InvalidInputException {
        String text = "{\"z\":1.10,\"a\":123456789012345678901234567890,\"m\":[1,\"é\"]}";
        assertThat(StrictJson.write(parse(text)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", "{", "[1,", "{\"a\":1} x", "{\"a\":1}{}", "nul", "{'a':1}", "[01]", "[NaN]", "[1,]"})
    void refusesWhatIsNoDocument(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("a document");
    }

    @Test
    void refusesAMemberThatOccursTwice() {
        assertThatThrownBy(() -> parse("{\"a\":1,\n \"b\":{\"c\":1, \"c\":2}}"))
                .hasMessageStartingWith("a document:2:")
                .hasMessageContaining("occurs twice");
    }

    @Test
    void readsToTheDeepestAllowedLevelAndNoDeeper() throws InvalidInputException {
        assertThat(parse("[".repeat(StrictJson.MAX_DEPTH) + "]".repeat(StrictJson.MAX_DEPTH)))
                .isNotNull();
        int tooDeep = StrictJson.MAX_DEPTH + 1;
        assertThatThrownBy(() -> parse("[".repeat(tooDeep) + "]".repeat(tooDeep)))
                .hasMessageContaining("nested deeper than");
    }

    @Test
    void refusesNumbersThatWouldTakeLongToRead() {
        assertThatThrownBy(() -> parse("9".repeat(StrictJson.MAX_NUMBER_LENGTH + 1)))
                .hasMessageContaining("a number longer than");
    }

    @Test
    void checksUtf8OverTheWholeLengthOfADocument() throws Exception {
        byte[] text = ("[\"x" + "ü€😀".repeat(5_000) + "\"]").getBytes(StandardCharsets.UTF_8);
        assertThat(StrictJson.parse(text, "a document", text.length).get(0).asText())
                .hasSize(1 + 4 * 5_000);
        for (int at : new int[] {2, 8_192, 8_193, 30_000, text.length - 3}) {
            byte[] broken = text.clone();
            broken[at] = (byte) 0xff;
            assertThatThrownBy(() -> StrictJson.parse(broken, "a document", broken.length))
                    .hasMessageContaining("UTF-8");
        }
    }

    @Test
    void refusesInvalidUtf8AndTooManyBytes() {
        byte[] invalid = {'"', (byte) 0xC3, '"'};
        assertThatThrownBy(() -> StrictJson.parse(invalid, "a document", LIMIT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> StrictJson.parse("[1,2]".getBytes(StandardCharsets.UTF_8), "a document", 4))
                .hasMessageContaining("larger than the allowed 4 bytes");
    }

    private static JsonNode parse(String text) throws InvalidInputException {
        return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), "a document", LIMIT);
    }
}
