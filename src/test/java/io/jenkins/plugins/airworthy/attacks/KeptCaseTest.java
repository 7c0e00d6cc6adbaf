package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.gate.cases.CaseWriter;
import io.jenkins.plugins.airworthy.gate.cases.PolicyCases;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.config.KeptCases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The cases that an administrator keeps for a policy: no change of the policy may pass them over, and they may not stop Jenkins. */
class KeptCaseTest extends Attack {
    private Path root;
    private Path cases;
    private Path cart;

    /** What {@code verify --save} writes. */
    @BeforeEach
    void keep() throws Exception {
        root = folder.resolve("policy-cases");
        cases = Files.createDirectories(root.resolve("production"));
        cart = cases.resolve("cart");
        CaseWriter writer = CaseWriter.into(cart);
        ImageStores saving = writer.saving(stores);
        VerifyRequest request = new VerifyRequest(candidate, Optional.of(target()), policy(), keys, Optional.empty());
        writer.complete(saving, request, new Gate(saving, clock).verify(request, Progress.SILENT), Optional.empty());
    }

    private KeptCases kept() {
        return new KeptCases(root, Duration.ofSeconds(30));
    }

    private void assertKept() throws Exception {
        kept().require(policy());
    }

    private void assertNotKept(String... why) {
        assertThatThrownBy(this::assertKept)
                .isInstanceOf(AirworthyException.class)
                .message()
                .contains(why);
    }

    @Test
    void acceptsAPolicyThatDecidesAsItsCasesExpect() throws Exception {
        assertKept();
        assertThat(kept().replay(policy())).singleElement().satisfies(result -> assertThat(result.isAsExpected())
                .isTrue());
        changePolicy("maxAge: 24h", "maxAge: 12h");
        assertKept();
    }

    @Test
    void refusesAPolicyThatDecidesOtherwise() throws Exception {
        changePolicy("minimum: 1", "minimum: 99");
        assertNotKept(
                "the case 'cart' that is kept for this policy is not decided as expected: expected PASSED, got FAILED",
                "'tests' was not expected to be FAILED",
                "remove a case that is no longer right from " + cases);
    }

    /** An incident: what must never pass again. */
    @Test
    void refusesAPolicyThatLetsThroughWhatHasToFail() throws Exception {
        Path document = cart.resolve("case.yaml");
        Files.writeString(
                document,
                Files.readString(document)
                        .replace("decision: PASSED", "decision: FAILED\n  failed: [vulnerabilities]")
                        .replace("time: " + NOW, "time: " + NOW.plus(Duration.ofDays(2))));
        assertKept();
        changePolicy("maxAge: 24h", "maxAge: 7d");
        changePolicy("databaseMaxAge: 48h", "databaseMaxAge: 7d");
        assertNotKept("expected FAILED, got PASSED");
    }

    @Test
    void asksNothingOfAPolicyWithoutCases() throws Exception {
        changePolicy("name: production", "name: nightly");
        changePolicy("minimum: 1", "minimum: 99");
        assertThat(kept().replay(policy())).isEmpty();
        assertKept();
    }

    /** A case that cannot be judged is not passed over, and neither are the others. */
    @Test
    void refusesAPolicyWhileACaseCannotBeJudged() throws Exception {
        Files.writeString(cases.resolve("a-broken.yaml"), "apiVersion: airworthy/v1\n");
        assertNotKept("the case 'a-broken' that is kept for this policy has no verdict: ", "'kind' is missing");
        assertThat(kept().replay(policy()))
                .extracting(PolicyCases.Result::isAsExpected)
                .containsExactly(false, true);
        Files.delete(cases.resolve("a-broken.yaml"));

        Files.delete(cart.resolve("image/index.json"));
        assertNotKept("the case 'cart' that is kept for this policy has no verdict: ");
    }

    @Test
    void refusesAFolderThatCannotBeRead() throws Exception {
        Path elsewhere = Files.move(cases, folder.resolve("elsewhere"));
        assertKept();
        Files.createSymbolicLink(cases, elsewhere);
        assertNotKept("links are not followed");
        Files.delete(cases);
        Files.createSymbolicLink(cases, folder.resolve("nowhere"));
        assertNotKept("links are not followed");
        Files.delete(cases);
        Files.writeString(cases, "");
        assertNotKept(cases + " is no folder");
        Files.delete(cases);
        Files.createDirectory(cases);
        assertNotKept(cases + " has no case");
    }

    @Test
    void refusesMoreCasesThanAReplayMayHave() throws Exception {
        for (int i = 0; i < 500; i++) {
            Files.writeString(cases.resolve("case-" + i + ".yaml"), "");
        }
        assertNotKept("has more than the allowed 500 cases");
    }

    /** What there is no time for is not taken for granted. */
    @Test
    void refusesAPolicyWhoseCasesTakeTooLong() throws Exception {
        assertThatThrownBy(() -> new KeptCases(root, Duration.ofNanos(1)).require(policy()))
                .isInstanceOf(AirworthyException.class)
                .hasMessageContaining("the case 'cart' that is kept for this policy has no verdict: ");
    }

    /** An author's message can have 4,000 characters, and each item has one. */
    @Test
    void tellsADifferenceInBoundedLength() throws Exception {
        changePolicy(
                "- user: {nonRoot: true}",
                "- expression: {id: long, cel: \"false\", message: \"" + "x ".repeat(1_900) + "\"}");
        assertThat(kept().replay(policy()).get(0).difference())
                .startsWith("is not decided as expected: ")
                .hasSizeLessThan(2_100);
    }
}
