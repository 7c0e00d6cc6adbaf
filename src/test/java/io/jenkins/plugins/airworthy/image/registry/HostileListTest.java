package io.jenkins.plugins.airworthy.image.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.image.registry.ReferrersTest.entry;
import static io.jenkins.plugins.airworthy.image.registry.ReferrersTest.index;
import static io.jenkins.plugins.airworthy.image.registry.ReferrersTest.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Lists of referrers that lie, never end or are made to exhaust whoever reads them. */
@Timeout(60)
class HostileListTest {
    private final Digest subject = Digest.of("subject".getBytes(StandardCharsets.UTF_8));
    private FakeRegistry registry;

    @BeforeEach
    void start() throws Exception {
        registry = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static MockResponse.Builder next(MockResponse.Builder page, String address) {
        return page.setHeader("Link", "<" + address + ">; rel=\"next\"");
    }

    private static ObjectNode many(int number) {
        ObjectNode index = index();
        ArrayNode entries = index.withArray("manifests");
        for (int i = 0; i < number; i++) {
            entries.add(entry("entry " + i).toJson());
        }
        return index;
    }

    private static MockResponse.Builder answer(ObjectNode index) {
        return FakeRegistry.body(StrictJson.write(index)).setHeader("Content-Type", MediaTypes.OCI_INDEX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/team/app/referrers/SUBJECT?page=2",
                "/v2/team/app/referrers/sha256%3AHEX?page=2",
                "?page=2",
                "./SUBJECT?page=2",
                "../referrers/SUBJECT?page=2"
            })
    void readsTheNextPageHoweverItsAddressIsWritten(String address) throws Exception {
        registry.answer(next(
                list(entry("a")), address.replace("SUBJECT", subject.toString()).replace("HEX", subject.hex())));
        registry.answer(list(entry("b")));

        assertThat(registry.store().referrers(subject)).containsExactly(entry("a"), entry("b"));
        registry.next();
        assertThat(registry.next().getTarget())
                .startsWith("/v2/team/app/referrers/sha256")
                .endsWith(subject.hex() + "?page=2");
    }

    @Test
    void readsTheNextPageAtAWholeAddressOfTheSameRegistry() throws Exception {
        registry.answer(
                next(list(entry("a")), "http://" + registry.host() + "/v2/team/app/referrers/" + subject + "?2"));
        registry.answer(list(entry("b")));

        assertThat(registry.store().referrers(subject)).containsExactly(entry("a"), entry("b"));
    }

    /** Another port is another server, and its list somebody else's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://registry.example.com/v2/next",
                "//registry.example.com/v2/next",
                "http://localhost:1/v2/next",
                "https://localhost/v2/next",
                "file:///etc/passwd",
                "ht tp://x"
            })
    void aNextPageElsewhereIsNotAskedFor(String address) throws Exception {
        registry.answer(next(list(entry("a")), address));

        assertThatThrownBy(() -> registry.store().referrers(subject))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("redirects to");
        assertThat(registry.requests()).isEqualTo(1);
    }

    @Test
    void refusesAPageThatNamesItselfAsTheNext() throws Exception {
        registry.server().setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return next(list(entry("a")), request.getTarget()).build();
            }
        });

        assertThatThrownBy(() -> registry.store().referrers(subject)).hasMessageContaining("does not come to the end");
        assertThat(registry.requests()).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 500, 204})
    void refusesAListWithAMissingPage(int status) throws Exception {
        registry.answer(next(list(entry("a")), "?next"));
        for (int i = 0; i < FakeRegistry.IMPATIENT.attempts(); i++) {
            registry.answer(status);
        }

        assertThatThrownBy(() -> registry.store().referrers(subject))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining(Integer.toString(status));
    }

    @Test
    void refusesAListWithAPageOfAnotherType() throws Exception {
        registry.answer(next(list(entry("a")), "?next"));
        registry.answer(FakeRegistry.response(200).body("{}").setHeader("Content-Type", "application/json"));

        assertThatThrownBy(() -> registry.store().referrers(subject)).hasMessageContaining("not an index");
    }

    /** Whoever asks for one type may get a filtered list; nobody here asks, and who filters all the same has left something out. */
    @Test
    void refusesAListThatClaimsToBeFiltered() throws Exception {
        registry.answer(list(entry("a")).setHeader("OCI-Filters-Applied", "artifactType"));

        assertThatThrownBy(() -> registry.store().referrers(subject))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("left entries out");
        assertThat(registry.next().getTarget()).doesNotContain("?");
    }

    @Test
    void anEntryThatIsListedTwiceCountsOnce() throws Exception {
        Descriptor again = new Descriptor(
                MediaTypes.OCI_INDEX, entry("a").digest(), 7, Optional.of("x/y"), Map.of("a", "b"), Optional.empty());
        registry.answer(list(entry("a"), again, entry("a")));

        assertThat(registry.store().referrers(subject)).containsExactly(entry("a"));
    }

    @Test
    void keepsOnlyShortAnnotationsOfAListThatSelectEvidence() throws Exception {
        Descriptor told = new Descriptor(
                MediaTypes.OCI_MANIFEST,
                entry("a").digest(),
                1,
                Optional.of("x/y"),
                Map.of(
                        "io.jenkins.plugins.airworthy/verified",
                        "true",
                        Descriptor.CREATED,
                        "2026-01-01T00:00:00Z",
                        Descriptor.BUNDLED_TYPE,
                        "https://" + "x".repeat(300)),
                Optional.empty());
        registry.answer(list(told));

        assertThat(registry.store().referrers(subject).get(0).annotations())
                .containsOnly(Map.entry(Descriptor.CREATED, "2026-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mediaType\":\"a/b\",\"digest\":\"sha512:00\",\"size\":1}",
                "{\"mediaType\":\"a/b\",\"digest\":\"latest\",\"size\":1}",
                "{\"mediaType\":\"a/b\",\"size\":1}",
                "{\"mediaType\":\"\",\"digest\":\"sha256:%s\",\"size\":1}",
                "{\"mediaType\":\"a/b\",\"digest\":\"sha256:%s\",\"size\":-1}",
                "{\"mediaType\":\"a/b\",\"digest\":\"sha256:%s\",\"size\":1.5}",
                "{\"mediaType\":\"a/b\",\"digest\":\"sha256:%s\",\"size\":99999999999999999999}",
                "[]",
                "null"
            })
    void anEntryThatIsNoneMakesTheListNoList(String entry) {
        String index = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + entry.replace("%s", subject.hex()) + "]}";
        registry.answer(FakeRegistry.body(index.getBytes(StandardCharsets.UTF_8))
                .setHeader("Content-Type", MediaTypes.OCI_INDEX));

        assertThatThrownBy(() -> registry.store().referrers(subject)).isInstanceOf(UndecidedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 2_000, 2_001, ReferrersApi.MAX_REFERRERS})
    void readsManyEntries(int number) throws Exception {
        registry.answer(answer(many(number)));

        assertThat(registry.store().referrers(subject)).hasSize(number);
    }

    @Test
    void moreEntriesThanAllowedAreRefusedHoweverManyPagesTheyTake() throws Exception {
        registry.answer(next(answer(many(ReferrersApi.MAX_REFERRERS)), "?next"));
        registry.answer(list(entry("one more")));

        assertThatThrownBy(() -> registry.store().referrers(subject))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("more than the allowed 10000");
    }

    @Test
    void pagesOfTogetherTooManyBytesAreRefused() throws Exception {
        ObjectNode large = index(entry("a"));
        large.putObject("annotations").put("padding", "x".repeat(3 * 1024 * 1024));
        for (int page = 0; page < 3; page++) {
            registry.answer(next(answer(large), "?page=" + page));
        }

        assertThatThrownBy(() -> registry.store().referrers(subject))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("more than the allowed " + ReferrersApi.MAX_LIST_BYTES + " bytes");
    }

    @Test
    void aListWithVeryManyAnnotationsIsRefused() throws Exception {
        ObjectNode index = index();
        ObjectNode entry = entry("a").toJson();
        ObjectNode annotations = entry.putObject("annotations");
        for (int i = 0; i < Manifest.MAX_VALUES; i++) {
            annotations.put("a" + i, "");
        }
        index.withArray("manifests").add(entry);
        registry.answer(answer(index));

        assertThatThrownBy(() -> registry.store().referrers(subject))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("more than the allowed " + Manifest.MAX_VALUES + " values");
    }

    @Test
    void refusesAListLargerThanAllowedAnywhere() throws Exception {
        byte[] gigantic = new byte[Manifest.MAX_BYTES + 1];
        registry.answer(404);
        registry.answer(FakeRegistry.body(gigantic).setHeader("Content-Type", MediaTypes.OCI_INDEX));

        assertThatThrownBy(() -> registry.store().referrers(subject))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("more than the allowed " + Manifest.MAX_BYTES);
    }

    @Test
    void anEndlessListIsRefused() throws Exception {
        registry.answer(FakeRegistry.response(200)
                .chunkedBody(new Buffer().write(new byte[Manifest.MAX_BYTES + 64 * 1024]), 16 * 1024)
                .setHeader("Content-Type", MediaTypes.OCI_INDEX));

        assertThatThrownBy(() -> registry.store().referrers(subject))
                .hasMessageContaining("more than the allowed " + Manifest.MAX_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/vnd.oci.image.manifest.v1+json"})
    void refusesAListOfAnotherTypeAtTheTag(String type) throws Exception {
        registry.answer(404);
        registry.answer(FakeRegistry.body(StrictJson.write(index(entry("a")))).setHeader("Content-Type", type));

        assertThatThrownBy(() -> registry.store().referrers(subject))
                .isInstanceOfAny(UndecidedException.class, InvalidInputException.class);
    }

    @Test
    void readsTheTypeInAListThatIsServedAsJson() throws Exception {
        registry.answer(404);
        registry.answer(
                FakeRegistry.body(StrictJson.write(index(entry("a")))).setHeader("Content-Type", "application/json"));

        assertThat(registry.store().referrers(subject)).hasSize(1);
    }

    /** The tag can be set by whoever may write, so where the registry lists by itself, it is not looked at. */
    @Test
    void theTagIsNotBelievedWhereTheRegistryListsItself() throws Exception {
        registry.server().setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return (request.getTarget().contains("/referrers/") ? list() : list(entry("invented"))).build();
            }
        });

        assertThat(registry.store().referrers(subject)).isEmpty();
        assertThat(registry.requests()).isEqualTo(1);
    }

    /** A list that comes and goes: an answer that is no list never makes an older one count. */
    @Test
    void aRegistryThatListsOnceAndFailsThenIsNotRememberedAsEmpty() throws Exception {
        RegistryStores stores = registry.stores();
        registry.answer(list(entry("a")));
        for (int i = 0; i < FakeRegistry.IMPATIENT.attempts(); i++) {
            registry.answer(502);
        }

        assertThat(registry.open(stores).referrers(subject)).hasSize(1);
        assertThatThrownBy(() -> registry.open(stores).referrers(subject)).isInstanceOf(UndecidedException.class);
    }

    @Test
    void aManifestLargerThanItsReaderWantsIsNotReadToItsEnd() throws Exception {
        SampleImage image = SampleImage.of("x");
        registry.answer(FakeRegistry.manifest(image));

        assertThatThrownBy(() -> registry.store().manifest(image.manifest().descriptor(), 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("more than the allowed 10 bytes");
    }

    @Test
    void anAnswerLargerThanTheListSaysIsUndecided() throws Exception {
        SampleImage image = SampleImage.of("x");
        registry.answer(FakeRegistry.manifest(image));
        Descriptor listed = new Descriptor(
                image.manifest().content().mediaType(), image.manifest().digest(), 10);

        assertThatThrownBy(() -> registry.store().manifest(listed, 10))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("answered with more than the allowed 10 bytes");
    }
}
