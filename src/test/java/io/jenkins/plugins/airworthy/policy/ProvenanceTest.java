package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.manifest.FoundBase;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

import static io.jenkins.plugins.airworthy.policy.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

class ProvenanceTest {
    private static final PlatformImage IMAGE = Given.image();
    private static final String BUILDER = "https://jenkins.example.com/";
    private static final String SOURCE = "https://git.example.com/acme/shop/cart";
    private static final String BASE = "registry.example.com/base/java:17";
    private static final Provenance.Base CLAIM =
            new Provenance.Base(BASE, Given.digest("base image").toString());
    private static final String RULE = "- provenance: {builders: [\"" + BUILDER + "\"], sources: [{repository:"
            + " \"https://git.example.com/acme/{app**}\", refs: [refs/heads/main, \"refs/tags/v*\"]}]}";
    private static final String ALLOWED = "- base: {allow: [\"registry.example.com/base/**\"]}";

    @Test
    void passesWhatTheRightBuilderBuiltFromTheRightSource() throws Exception {
        Verdict.Item item = judge(RULE, provenance(BUILDER, SOURCE, "refs/heads/main", ""));
        assertThat(item.status()).isEqualTo(Status.PASSED);
        assertThat(item.reason())
                .isEqualTo("built by 'https://jenkins.example.com/' from '" + SOURCE + "' at 'refs/heads/main'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://jenkins.example.com", "https://jenkins.example.com/x", "https://evil.example.org/"})
    void refusesEveryOtherBuilder(String builder) throws Exception {
        Verdict.Item item = judge(RULE, provenance(builder, SOURCE, "refs/heads/main", ""));
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).contains("not one of the allowed builders");
    }

    /** Attack 13: an image built from another product's source. */
    @ParameterizedTest
    @CsvSource({
        "https://git.example.com/acme/bank, refs/heads/main",
        "https://git.example.com/acme/shop, refs/heads/main",
        "https://git.example.com/acme/shop/cart2, refs/heads/main",
        "https://git.example.org/acme/shop/cart, refs/heads/main",
        "https://git.example.com/acme/shop/cart, refs/heads/main2",
        "https://git.example.com/acme/shop/cart, refs/heads/feature",
        "https://git.example.com/acme/shop/cart, refs/pull/1/head",
        "https://git.example.com/acme/shop/cart, main"
    })
    void refusesEveryOtherSourceAndRef(String repository, String ref) throws Exception {
        Verdict.Item item = judge(RULE, provenance(BUILDER, repository, ref, ""));
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).contains("not one of the allowed sources of this image");
    }

    @Test
    void refusesProvenanceThatNamesNoSource() throws Exception {
        Verdict.Item item = judge(RULE, provenance(BUILDER, "", "", ""));
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).contains("does not name");
        assertThat(judge("- provenance: {builders: [\"" + BUILDER + "\"]}", provenance(BUILDER, "", "", ""))
                        .status())
                .isEqualTo(Status.PASSED);
    }

    @Test
    void refusesProvenanceOfAnotherImageAndProvenanceThatCannotBeRead() throws Exception {
        VerifiedEvidence other =
                Given.evidence(Given.digest("other"), Given.seen(), PredicateTypes.PROVENANCE, Given.json("{}"));
        assertThat(judge(RULE, other).reason()).contains("no provenance about");
        VerifiedEvidence broken =
                Given.evidence(IMAGE.digest(), Given.seen(), PredicateTypes.PROVENANCE, Given.json("{}"));
        assertThat(judge(RULE, broken).reason()).startsWith("provenance cannot be read");
    }

    @Test
    void decidesByTheNewestProvenance() throws Exception {
        VerifiedEvidence good = provenance(BUILDER, SOURCE, "refs/heads/main", "");
        VerifiedEvidence newer = Given.evidence(
                IMAGE.digest(),
                Given.seen(Observer.BUILD_AGENT, NOW),
                PredicateTypes.PROVENANCE,
                provenance("https://evil.example.org/", SOURCE, "refs/heads/main", "")
                        .statement()
                        .predicate());
        assertThat(judge(RULE, good, newer).status()).isEqualTo(Status.FAILED);
    }

    /** The claim is compared with the layers that are really there. */
    @Test
    void passesAnImageThatBeginsWithTheLayersOfAnAllowedBase() throws Exception {
        Verdict.Item item = judgeBase(read(Given.digest("base")), provenance(BUILDER, SOURCE, "main", BASE));
        assertThat(item.status()).isEqualTo(Status.PASSED);
        assertThat(item.reason()).isEqualTo("begins with the 1 layer of base '" + BASE + "'");
    }

    /** Attack 12: a base image claimed that the layers do not start with. */
    @Test
    void refusesABaseThatTheLayersDoNotStartWith() throws Exception {
        VerifiedEvidence claim = provenance(BUILDER, SOURCE, "main", BASE);
        assertThat(judgeBase(read(Given.digest("other")), claim).reason()).contains("do not begin with");
        assertThat(judgeBase(read(Given.digest("app"), Given.digest("base")), claim)
                        .reason())
                .contains("do not begin with");
        assertThat(judgeBase(read(Given.digest("base"), Given.digest("app"), Given.digest("more")), claim)
                        .reason())
                .contains("do not begin with");
        assertThat(judgeBase(read(), claim).reason()).contains("has no layers");
        assertThat(judgeBase(new FoundBase.Read(Map.of()), claim).reason()).contains("no image for linux/amd64");
        assertThat(judgeBase(new FoundBase.Unread("404"), claim).reason()).contains("could not be compared: 404");
        assertThat(judge(ALLOWED, claim).reason()).contains("it was not read");
    }

    @Test
    void refusesABaseThatIsNotAllowedEvenWhenTheLayersFit() throws Exception {
        for (String base : List.of(
                "evil.example.org/base/java:17",
                "registry.example.com/base:17",
                "registry.example.com/base/java@" + Given.digest("another image"),
                "java")) {
            Verdict.Item item = judgeBase(read(Given.digest("base")), provenance(BUILDER, SOURCE, "main", base));
            assertThat(item.status()).as(base).isEqualTo(Status.FAILED);
            assertThat(item.reason()).contains("is not one of the allowed bases");
        }
    }

    @Test
    void believesThatThereIsNoBaseOnlyWhereThePolicyAllowsScratch() throws Exception {
        VerifiedEvidence scratch = provenance(BUILDER, SOURCE, "main", "");
        assertThat(judge(ALLOWED, scratch).reason()).contains("allow: [scratch]");
        assertThat(judge("- base: {allow: [scratch]}", scratch).status()).isEqualTo(Status.PASSED);

        VerifiedEvidence foreign =
                Given.evidence(IMAGE.digest(), Given.seen(), PredicateTypes.PROVENANCE, Given.json("""
                {"buildDefinition":{"buildType":"https://example.org/other","externalParameters":{}},
                 "runDetails":{"builder":{"id":"b"}}}"""));
        assertThat(judge("- base: {allow: [scratch]}", foreign).reason()).contains("the base is unknown");
    }

    @Test
    void asksForNoBaseButThoseThatThePolicyAllowsAndBelieves() throws Exception {
        Policy policy = Given.policy(ALLOWED);
        assertThat(policy.basesToRead(Given.candidate(IMAGE, provenance(BUILDER, SOURCE, "main", BASE)), NOW))
                .containsExactly(CLAIM);
        assertThat(policy.basesToRead(
                        Given.candidate(IMAGE, provenance(BUILDER, SOURCE, "main", "internal.example.com/secret:1")),
                        NOW))
                .isEmpty();
        VerifiedEvidence stranger = Given.evidence(
                IMAGE.digest(),
                java.util.Optional.of(Given.seen()),
                PredicateTypes.PROVENANCE,
                provenance(BUILDER, SOURCE, "main", BASE).statement().predicate(),
                Given.key("stranger"));
        assertThat(policy.basesToRead(Given.candidate(IMAGE, stranger), NOW)).isEmpty();
    }

    private static FoundBase read(Digest... layers) {
        return new FoundBase.Read(Map.of(IMAGE.platform(), List.of(layers)));
    }

    private static Verdict.Item judgeBase(FoundBase base, VerifiedEvidence evidence) throws Exception {
        Candidate candidate = Given.candidate(IMAGE, evidence).withBases(Map.of(CLAIM, base));
        return Given.item(Given.policy(ALLOWED).judge(candidate, NOW), "base");
    }

    private static Verdict.Item judge(String rule, VerifiedEvidence... evidence) throws Exception {
        Verdict verdict = Given.policy(rule).judge(Given.candidate(IMAGE, evidence), NOW);
        return Given.item(verdict, rule.startsWith("- base") ? "base" : "provenance");
    }

    private static VerifiedEvidence provenance(String builder, String repository, String ref, String base) {
        String source = repository.isEmpty()
                ? ""
                : "\"source\":{\"repository\":\"" + repository + "\",\"ref\":\"" + ref + "\"}";
        String on = base.isEmpty() ? "" : (source.isEmpty() ? "" : ",") + "\"base\":\"" + base + "\"";
        String resolved = base.isEmpty()
                ? ""
                : "{\"uri\":\"oci://" + base + "\",\"digest\":{\"sha256\":\""
                        + Given.digest("base image").hex() + "\"}}";
        return Given.evidence(IMAGE.digest(), Given.seen(), PredicateTypes.PROVENANCE, Given.json("""
                {"buildDefinition":{"buildType":"%s","externalParameters":{%s%s},"resolvedDependencies":[%s]},
                 "runDetails":{"builder":{"id":"%s"}}}
                """.formatted(
                        Provenance.COMMAND_LINE_BUILD, source, on, resolved, builder)));
    }
}
