package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.HastyStores;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import io.jenkins.plugins.airworthy.policy.Scan;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attack 1: the registry's list of evidence has a critical scan, and a client is made to use an older list at the
 * fallback tag instead, or to stop before the end of the list.
 */
class HiddenListTest extends ServedAttack {
    private static final String LIST = "GET /v2/staging/cart/referrers/";
    private List<Descriptor> older = List.of();

    private void criticalScanThatTheOlderListHasNot() throws Exception {
        stageWithout(Piece.SCAN);
        attach(image, Scan.of(image).observedAt(NOW.minusSeconds(7_000)).statement(), release);
        older = new ArrayList<>(staging.referrers(image.digest()));
        attach(
                image,
                Scan.of(image)
                        .finding("CVE-2026-1", "CRITICAL", "2.0", "")
                        .observedAt(NOW.minusSeconds(600))
                        .statement(),
                release);
        staging.tag(
                "sha256-" + image.digest().hex(),
                Samples.put(staging, Samples.index(older.toArray(Descriptor[]::new))));
        candidate = staged();
    }

    /** What each test begins with: the scan is there, and it decides. */
    private void hideNothingYet() throws Exception {
        criticalScanThatTheOlderListHasNot();
        assertRefusedForTheScan();
        stores = HastyStores.of(settings()); // as if nothing had been read before
    }

    private void assertRefusedForTheScan() throws Exception {
        assertRefused("vulnerabilities", "CVE-2026-1");
    }

    private static MockResponse status(int status) {
        return ServedRegistry.status(status);
    }

    private static MockResponse page(String html) {
        return status(200)
                .newBuilder()
                .setHeader("Content-Type", "text/html; charset=utf-8")
                .body(html)
                .build();
    }

    private void insteadOf(Predicate<String> calls, MockResponse answer) {
        registry.before = (call, request) -> calls.test(call) ? Optional.of(answer) : Optional.empty();
    }

    @Test
    void refusesForCriticalScanWhenAnotherRepositoryOfTheHostHasNoList() throws Exception {
        hideNothingYet();
        insteadOf(
                call -> call.contains("/v2/elsewhere/") && call.contains("/referrers/"),
                status(404).newBuilder().body("404 page not found\n").build());
        var elsewhere = stores.open(ImageReference.parse(registry.host() + "/elsewhere/x"));
        assertThat(elsewhere.referrers(Digest.of(new byte[0]))).isEmpty();

        assertRefusedForTheScan();
    }

    @Test
    void leavesImageUndecidedWhenAListThatWasThereIsDenied() throws Exception {
        hideNothingYet();
        assertRefusedForTheScan();
        insteadOf(call -> call.startsWith(LIST), status(404));

        assertUndecided("list the referrers", "has listed referrers of this repository before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/octet-stream", "text/html"})
    void refusesForCriticalScanInAListUnderAnotherContentType(String type) throws Exception {
        hideNothingYet();
        answers(LIST, list -> list.newBuilder().setHeader("Content-Type", type).build());

        assertRefusedForTheScan();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "", "[]", "ok", "{\"schemaVersion\":2}", "{\"manifests\":[]}"})
    void leavesImageUndecidedWhenSomethingElseIsInPlaceOfTheList(String body) throws Exception {
        hideNothingYet();
        answers(LIST, list -> list.newBuilder()
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build());

        assertUndecided("list the referrers", "is not an index");
    }

    @Test
    void leavesImageUndecidedWhenALoginPageIsInPlaceOfTheList() throws Exception {
        hideNothingYet();
        insteadOf(call -> call.startsWith(LIST) || call.equals("GET /v2/"), page("<html>Please log in"));

        assertUndecided("list the referrers", "a page for people");
    }

    @Test
    void leavesImageUndecidedWhenTheListRedirectsToALoginPage() throws Exception {
        hideNothingYet();
        registry.before = (call, request) -> switch (call) {
            case "GET /login" -> Optional.of(page("<html>Please log in"));
            case "GET /v2/" -> Optional.of(status(200));
            default ->
                call.startsWith(LIST)
                        ? Optional.of(status(302)
                                .newBuilder()
                                .setHeader("Location", "/login")
                                .build())
                        : Optional.empty();
        };

        assertUndecided("list the referrers", "after a redirect");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<%s>; rel=\"Next\"",
                "<%s>; rel = \"next\"",
                "<%s>; rel=\"last next\"",
                "<%s>; x=\"<y>\"; rel=next"
            })
    void refusesForCriticalScanBehindALinkInAnotherSpelling(String link) throws Exception {
        hideNothingYet();
        older(link);

        assertRefusedForTheScan();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<%s>; rel='next'", "%s; rel=\"next\"", "<%s>; rel=nextpage", "<%s>; rev=prev", "<%s>; rel=last"
            })
    void leavesImageUndecidedWhenTheLinkToTheNextPageIsUnclear(String link) throws Exception {
        hideNothingYet();
        older(link);

        assertUndecided("list the referrers", "list");
    }

    @Test
    void leavesImageUndecidedWhenTheLinkToTheNextPageIsTooLong() throws Exception {
        hideNothingYet();
        older("<%s&" + "x".repeat(20_000) + ">; rel=next");

        assertUndecided("does not say clearly whether its list goes on");
    }

    @Test
    void leavesImageUndecidedWhenTheNextPageIsOfAnotherImage() throws Exception {
        hideNothingYet();
        older("</v2/staging/cart/referrers/" + Digest.of(new byte[0]) + ">; rel=next");

        assertUndecided("the list of another image");
    }

    @Test
    void leavesImageUndecidedWhenTheListWasFiltered() throws Exception {
        hideNothingYet();
        answers(LIST, list -> firstPage(list, "OCI-Filters-Applied", "artifactType"));

        assertUndecided("left entries out");
    }

    /** Without the credential the registry denies that the list exists, but shows the image to everyone. */
    @ParameterizedTest
    @ValueSource(ints = {404, 400})
    void refusesForCriticalScanInAListThatIsDeniedToStrangers(int status) throws Exception {
        hideNothingYet();
        stores = HastyStores.of(
                settings().withCredentials(host -> Optional.of(new Credential.Password("alice", "secret"))));
        registry.before = (call, request) -> isKnown(request)
                ? Optional.empty()
                : call.equals("GET /v2/")
                        ? Optional.of(status(401)
                                .newBuilder()
                                .setHeader("WWW-Authenticate", "Basic realm=\"here\"")
                                .build())
                        : call.startsWith(LIST) ? Optional.of(status(status)) : Optional.empty();

        assertRefusedForTheScan();
    }

    private static boolean isKnown(RecordedRequest request) {
        return request.getHeaders().get("Authorization") != null;
    }

    /** The list up to the critical scan; the whole of it is where the link leads. */
    private void older(String link) {
        registry.trouble = (request, answer) ->
                call(request).startsWith(LIST) && !call(request).contains("?")
                        ? firstPage(answer, "Link", link.replace("%s", "?at=1"))
                        : answer;
    }

    private MockResponse firstPage(MockResponse list, String header, String value) {
        byte[] index = StrictJson.write(Samples.index(older.toArray(Descriptor[]::new)));
        return list.newBuilder()
                .body(new Buffer().write(index))
                .setHeader(header, value)
                .build();
    }
}
