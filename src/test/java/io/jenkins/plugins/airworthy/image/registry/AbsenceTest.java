package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static io.jenkins.plugins.airworthy.image.registry.ReferrersTest.entry;
import static io.jenkins.plugins.airworthy.image.registry.ReferrersTest.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** That a list ends, or that there is none, counts only where the registry says so clearly. */
class AbsenceTest {
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

    private void leavesItOpen(String why) {
        assertThatThrownBy(() -> registry.store().referrers(subject))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("could not list the referrers of")
                .hasMessageContaining(why);
        assertThat(registry.requests()).isEqualTo(1);
    }

    private static MockResponse.Builder answer(String type, String body) {
        return FakeRegistry.response(200).body(body).setHeader("Content-Type", type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json; charset=utf-8", "text/plain", "text/html", "nonsense"})
    void readsAListUnderAnyContentType(String type) throws Exception {
        registry.answer(list(entry("a")).setHeader("Content-Type", type));

        assertThat(registry.store().referrers(subject)).containsExactly(entry("a"));
    }

    @Test
    void readsAListWithoutContentType() throws Exception {
        registry.answer(list(entry("a")).removeHeader("Content-Type"));

        assertThat(registry.store().referrers(subject)).containsExactly(entry("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", MediaTypes.OCI_INDEX})
    void doesNotTreatAMalformedListAsAbsence(String type) {
        registry.answer(answer(type, "{\"errors\":[]}"));

        leavesItOpen("is not an index");
    }

    @Test
    void treatsAPageOfARegistryThatDemandsCredentialsAsAbsenceOfTheApi() throws Exception {
        registry.answer(answer("text/html", "<html>"));
        registry.answer(FakeRegistry.response(401).setHeader("WWW-Authenticate", "Basic realm=\"registry\""));
        registry.answer(list(entry("a")));

        assertThat(registry.store().referrers(subject)).containsExactly(entry("a"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 302})
    void aPageWithoutARegistryBehindItIsUndecided(int status) {
        registry.answer(answer("text/html", "<html>"));
        registry.answer(status);

        assertThatThrownBy(() -> registry.store().referrers(subject))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("a page for people");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "null",
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\"}",
                "{\"schemaVersion\":2,\"Manifests\":[]}",
                "{\"schemaVersion\":2,\"manifests\":{}}",
                "{\"schemaVersion\":2,\"manifests\":[],\"manifests\":[]}",
                "{\"schemaVersion\":2,\"manifests\":[]} {}"
            })
    void aListWithoutEntriesIsWrittenAsOne(String body) {
        registry.answer(answer(MediaTypes.OCI_INDEX, body));

        leavesItOpen("is not an index");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"schemaVersion\":2,\"manifests\":[]}", "{\"schemaVersion\":2,\"manifests\":null}"})
    void anEmptyListIsEmpty(String body) throws Exception {
        registry.answer(answer("application/json", body));

        assertThat(registry.store().referrers(subject)).isEmpty();
        assertThat(registry.requests()).isEqualTo(1);
    }

    @Test
    void twoDifferentNextPagesAreUndecided() {
        registry.answer(
                list(entry("a")).addHeader("Link", "<?page=2>; rel=next").addHeader("Link", "<?page=3>; rel=next"));

        leavesItOpen("several next pages");
    }

    @Test
    void acceptsTheSameNextPageTwice() throws Exception {
        registry.answer(
                list(entry("a")).setHeader("Link", "<?page=2>; rel=next, <./" + subject + "?page=2>; rel=Next"));
        registry.answer(list(entry("b")));

        assertThat(registry.store().referrers(subject)).containsExactly(entry("a"), entry("b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</v2/team/other/referrers/%s>; rel=next",
                "</v2/team/app/manifests/%s>; rel=next",
                "<..>; rel=next",
                "</>; rel=next"
            })
    void aNextPageOfAnotherListIsUndecided(String link) {
        registry.answer(list(entry("a")).setHeader("Link", link.formatted(subject)));

        leavesItOpen("the list of another image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<>; rel=next", "<?>; rel=next", "<#top>; rel=next"})
    void aNextPageThatIsThisOneIsUndecided(String link) {
        for (int i = 0; i < 3; i++) {
            registry.answer(list(entry("a")).setHeader("Link", link));
        }

        assertThatThrownBy(() -> registry.store().referrers(subject)).hasMessageContaining("does not come to the end");
    }

    @Test
    void aLastPageToWhichNothingLeadsIsUndecided() {
        registry.answer(list(entry("a")).setHeader("Link", "<?page=9>; rel=last"));

        leavesItOpen("names a last page");
    }

    @Test
    void acceptsALastPageThatNamesItself() throws Exception {
        registry.answer(list(entry("a")).setHeader("Link", "<?page=2>; rel=\"next last\""));
        registry.answer(list(entry("b")).setHeader("Link", "<?page=2>; rel=last, <?>; rel=\"first prev\""));

        assertThat(registry.store().referrers(subject)).containsExactly(entry("a"), entry("b"));
    }

    @Test
    void remembersAbsenceForOneRepositoryOnly() throws Exception {
        RegistryStores stores = registry.stores();
        registry.answer(404);
        registry.answer(404);
        registry.answer(list(entry("a")));
        stores.open(ImageReference.parse(registry.host() + "/team/other")).referrers(subject);

        assertThat(registry.open(stores).referrers(subject)).containsExactly(entry("a"));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 400, 405, 406, 501})
    void neverTreatsARepositoryThatHadAListAsOneWithoutTheApi(int status) throws Exception {
        RegistryStores stores = registry.stores();
        registry.answer(list(entry("a")));
        registry.answer(status);
        registry.answer(list(entry("a")));
        registry.open(stores).referrers(subject);

        assertThatThrownBy(() -> registry.open(stores).referrers(subject))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("has listed referrers of this repository before");
        assertThat(registry.open(stores).referrers(subject)).containsExactly(entry("a"));
    }

    @Test
    void aRegistryThatConfirmedToListSomethingHasTheApi() throws Exception {
        RegistryStores stores = registry.stores();
        SampleImage note = SampleImage.attachedTo(entry("subject"), "note");
        registry.answer(FakeRegistry.response(201)
                .setHeader("OCI-Subject", entry("subject").digest()));
        registry.answer(404);
        registry.open(stores).putManifest(note.manifest());

        assertThatThrownBy(() -> registry.open(stores).referrers(subject))
                .hasMessageContaining("has listed referrers of this repository before");
    }
}
