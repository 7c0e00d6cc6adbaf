package io.jenkins.plugins.airworthy.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** Whatever a document is, it is understood in one way or refused. */
public final class DocumentFuzzTest {
    private static final int MAX_BYTES = 1024 * 1024;

    @TestFactory
    Stream<DynamicTest> everyDocumentIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(json(), yaml(), base64());
    }

    private static Target json() {
        return Target.of("json", Form.JSON, DocumentFuzzTest::readJson)
                .at(Target.Pace.FAST)
                .seeds(
                        "{\"a\":[1,-2,3.5,1e9,true,false,null,\"t\\u00e4xt\\n\"],\"b\":{\"c\":{\"d\":\"\"}},\"e\":9223372036854775807}",
                        "[1.5e10,-0,\"\\ud83d\\ude00\",null,true,{\"\":[]}]",
                        "\"only a text\"",
                        " [ [ [ ] ] , { } ]\n")
                .others("\ufeff{}", "{\"a\":1,\"a\":2}", "1e999", "[1,]", "/* */1");
    }

    private static void readJson(byte[] input) throws InvalidInputException {
        JsonNode read = StrictJson.parse(input, Target.SOURCE, MAX_BYTES);
        byte[] written = StrictJson.write(read);
        // As text: 1e0 is read as a decimal and, written as 1, as an integer.
        byte[] again = StrictJson.write(StrictJson.parse(written, Target.SOURCE, 8 * MAX_BYTES));
        hold(Arrays.equals(written, again), "what was read is written differently each time");
        hold(depth(read) <= StrictJson.MAX_DEPTH, "deeper than allowed");
    }

    private static int depth(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, depth(child));
        }
        return node.isContainerNode() ? deepest + 1 : 0;
    }

    private static Target yaml() {
        return Target.of("yaml", Form.YAML, input -> visit(StrictYaml.parse(input, Target.SOURCE), 1))
                .seeds(
                        "apiVersion: airworthy/v1\nkind: Policy\nspec:\n  mode: enforce\n  checklist:\n    - signature: {threshold: 1}\n",
                        "? k\n: - v\n  - 'q'\n  - \"d\\u2028\"\n",
                        "a: |\n  block\n  of lines\nb: >-\n  folded\n  lines\nc: [1, 'two', {three: 3}]\n")
                .others(
                        "a: &x [1, 2]\nb: *x\n",
                        "--- !!map {a: b}\n...\n",
                        "%TAG ! tag:x:\n--- !x\n",
                        "yes: 010\n1_000: 1:30\n<<: ~\n",
                        "{[({]})t\t#\r\n")
                .words(
                        "&a ",
                        "*a",
                        "!!str ",
                        "!x",
                        "|",
                        ">",
                        "|+2",
                        "<<",
                        "---",
                        "...",
                        "%YAML 1.1",
                        "? ",
                        ": ",
                        "- ",
                        "~",
                        "no",
                        "0o7",
                        "1:30",
                        "\"\\u\"",
                        "\"\\U0011FFFF\"",
                        "# ",
                        "\t");
    }

    private static void visit(YamlValue value, int depth) throws InvalidInputException {
        hold(value.line() > 0 && value.column() > 0, "a value without a place");
        hold(depth <= StrictYaml.MAX_DEPTH + 1, "deeper than allowed");
        if (value.isMap()) {
            for (YamlValue child : value.map().values()) {
                visit(child, depth + 1);
            }
        } else if (value.isList()) {
            for (YamlValue child : value.list()) {
                visit(child, depth + 1);
            }
        } else {
            String raw = value.raw();
            hold(!value.isNull() || raw.length() <= 4, "a long nothing");
        }
    }

    private static Target base64() {
        return Target.ofText("base64", DocumentFuzzTest::readBase64)
                .seeds("", "AA==", "AAA=", "AAAA", "+/+/", Base64.getEncoder().encodeToString(new byte[300]))
                .words("=", "==", "-", "_", "\n", "A", "AB==", "/w==");
    }

    private static void readBase64(String text) throws InvalidInputException {
        JsonObject json = new JsonObject(Target.SOURCE, "", StrictJson.object().put("a", text));
        byte[] bytes = StrictBase64.member(json, "a");
        hold(Base64.getEncoder().encodeToString(bytes).equals(text), "two texts for the same bytes");
    }
}
