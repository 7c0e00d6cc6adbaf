package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.recall.version.VersionRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OsvRecordTest {
    private static OsvRecord record(String affected) throws InvalidInputException {
        return OsvRecord.parse(
                ("{\"id\":\"MAL-2026-1\",\"summary\":\"bad\",\"affected\":[" + affected + "]}").getBytes(UTF_8), "osv");
    }

    private static String affected(String ranges) {
        return "{\"package\":{\"ecosystem\":\"npm\",\"name\":\"@acme/a\"},\"ranges\":[" + ranges + "]}";
    }

    private static String events(String events) {
        return "{\"type\":\"SEMVER\",\"events\":[" + events + "]}";
    }

    @Test
    void readsARangeForEachIntroduction() throws Exception {
        OsvRecord read =
                record(affected(events("{\"introduced\":\"0\"},{\"fixed\":\"1.0.0\"},{\"introduced\":\"2.0.0\"},"
                        + "{\"last_affected\":\"2.5.0\"},{\"introduced\":\"3.0.0\"}")));
        assertThat(read.affected().packages().get(0).name())
                .hasToString("PackageName[type=npm, namespace=@acme, name=a, version=Optional.empty]");
        assertThat(read.affected().packages().get(0).versions())
                .extracting(VersionRange::toString)
                .containsExactly("vers:npm/<1.0.0", "vers:npm/>=2.0.0|<=2.5.0", "vers:npm/>=3.0.0");
    }

    @Test
    void readsAThousandRanges() throws Exception {
        OsvRecord read = record(affected(events(IntStream.range(0, 1_000)
                .mapToObj(n -> "{\"introduced\":\"" + n + ".0.0\"},{\"fixed\":\"" + n + ".1.0\"}")
                .collect(Collectors.joining(",")))));
        assertThat(read.affected().packages().get(0).versions()).hasSize(1_000);
    }

    @Test
    void everyVersionIsAffectedWithoutAnEndOrAnOrder() throws Exception {
        assertThat(record(affected(events("{\"introduced\":\"0\"}")))
                        .affected()
                        .packages()
                        .get(0)
                        .versions())
                .isEmpty();
        assertThat(record(
                                affected(
                                        "{\"type\":\"GIT\",\"repo\":\"x\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"abc\"}]}"))
                        .affected()
                        .packages()
                        .get(0)
                        .versions())
                .isEmpty();
    }

    @Test
    void readsMavenNamesAndVersions() throws Exception {
        OsvRecord read = record(
                "{\"package\":{\"ecosystem\":\"Maven\",\"name\":\"org.example:lib\"},\"versions\":[\"1.0\",\"1.1\"]}");
        assertThat(read.affected().packages().get(0).name().namespace()).isEqualTo("org.example");
        assertThat(read.affected().packages().get(0).versions())
                .extracting(VersionRange::toString)
                .containsExactly("vers:maven/1.0", "vers:maven/1.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{\"id\":\"a\",\"withdrawn\":\"2026-01-01T00:00:00Z\"} ! withdrawn: the record is withdrawn",
                "{\"id\":\"a\"} ! affected: names no package",
                "{\"id\":\"a\",\"affected\":[{\"package\":{\"ecosystem\":\"Linux\",\"name\":\"Kernel\"}}]} ! has no package URL here",
                "{\"id\":\"a\",\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":\"a\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"fixed\":\"1\"}]}]}]} ! comes before a version",
                "{\"id\":\"a\",\"affected\":[{\"package\":{\"ecosystem\":\"npm\",\"name\":\"a\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"1\"},{\"introduced\":\"2\"}]}]}]} ! comes twice",
            })
    void refuses(String json, String why) {
        assertThatThrownBy(() -> OsvRecord.parse(json.getBytes(UTF_8), "osv"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why);
    }
}
