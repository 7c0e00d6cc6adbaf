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

    private static final String RELEASES = "https://github.com/acme/ci/.github/workflows/release.yml@refs/tags/v*";

    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/ci/.github/workflows/release.yml@refs/tags/v2, true",
        "https://github.com/acme/ci/.github/workflows/release.yml@refs/tags/v2/x, false",
        "https://github.com/acme/ci/.github/workflows/release.yml@refs/heads/v2, false",
        "https://github.com/acme/ci/.github/workflows/release.yml, false",
        "https://github.com/acme/ci/.github/workflows/other.yml@refs/tags/v2, false",
        "https://github.com.example.org/acme/ci/.github/workflows/release.yml@refs/tags/v2, false"
    })
    void comparesBuildersWithPatterns(String builder, boolean fits) throws Exception {
        Verdict.Item item = judge(
                "- provenance: {builders: [\"" + RELEASES + "\"]}", provenance(builder, SOURCE, "refs/heads/main", ""));
        assertThat(item.status()).isEqualTo(fits ? Status.PASSED : Status.FAILED);
    }

    private static final String TWO_WAYS = """
            - provenance:
                accept:
                  - builders: ["https://jenkins.example.com/"]
                    sources: [{repository: "https://git.example.com/acme/{app**}", refs: [refs/heads/main]}]
                  - builders: ["https://ci.example.com/*"]
                    sources: [{repository: "https://github.com/acme/{app**}", refs: ["refs/tags/v*"]}]
            """;

    @Test
    void acceptsOnlyWhatFitsOneAlternativeAsAWhole() throws Exception {
        String github = "https://github.com/acme/shop/cart";
        assertThat(judge(TWO_WAYS, provenance(BUILDER, SOURCE, "refs/heads/main", ""))
                        .status())
                .isEqualTo(Status.PASSED);
        assertThat(judge(TWO_WAYS, provenance("https://ci.example.com/1", github, "refs/tags/v1", ""))
                        .status())
                .isEqualTo(Status.PASSED);
        assertThat(judge(TWO_WAYS, provenance(BUILDER, github, "refs/tags/v1", ""))
                        .reason())
                .isEqualTo("built by 'https://jenkins.example.com/' from '" + github
                        + "' at 'refs/tags/v1', which fits no alternative: 1: another source; 2: another builder");
        assertThat(judge(TWO_WAYS, provenance("https://ci.example.com/1", "", "", ""))
                        .reason())
                .isEqualTo("built by 'https://ci.example.com/1', which fits no alternative: 1: another builder;"
                        + " 2: the source is unknown");
    }

    /** Two statements that decide together may fit different alternatives, as long as each fits one. */
    @Test
    void judgesAlternativesThatTrustTheSameSignersByTheSameStatements() throws Exception {
        VerifiedEvidence one = provenance(BUILDER, SOURCE, "refs/heads/main", "");
        VerifiedEvidence two =
                provenance("https://ci.example.com/1", "https://github.com/acme/shop/cart", "refs/tags/v1", "");
        VerifiedEvidence neither = provenance("https://evil.example.org/", SOURCE, "refs/heads/main", "");
        assertThat(judge(TWO_WAYS, one, two).status()).isEqualTo(Status.PASSED);
        assertThat(judge(TWO_WAYS, one, neither).reason()).startsWith("one provenance passes and another");
    }

    /** The newest statement decides for those who trust its signer, and not for an alternative of others. */
    @Test
    void judgesEachAlternativeByTheStatementsThatItTrusts() throws Exception {
        String rule = TWO_WAYS.replace(
                "refs: [\"refs/tags/v*\"]}]", "refs: [\"refs/tags/v*\"]}]\n        trust: {keys: [platform]}");
        VerifiedEvidence good = provenance(BUILDER, SOURCE, "refs/heads/main", "");
        VerifiedEvidence byPlatform = Given.evidence(
                IMAGE.digest(),
                java.util.Optional.of(Given.seen(Observer.BUILD_AGENT, NOW)),
                PredicateTypes.PROVENANCE,
                provenance("https://evil.example.org/", SOURCE, "refs/heads/main", "")
                        .statement()
                        .predicate(),
                Given.key("platform"));
        assertThat(judge(rule, good, byPlatform).status()).isEqualTo(Status.PASSED);
        assertThat(judge(rule, byPlatform).reason())
                .startsWith("no alternative fits: 1: no provenance about ")
                .contains("; 2: built by 'https://evil.example.org/', which is not one of the allowed builders");
    }

    @Test
    void judgesEachImageOfAnIndexIfNothingIsSaidAboutTheIndex() throws Exception {
        PlatformImage arm = Given.image("linux/arm64", "1000", Map.of(), List.of(Given.digest("app")));
        List<PlatformImage> images = List.of(IMAGE, arm);
        VerifiedEvidence first = provenance(BUILDER, SOURCE, "refs/heads/main", "");
        VerifiedEvidence second = about(arm.digest(), first);
        VerifiedEvidence other = about(arm.digest(), provenance(BUILDER, SOURCE, "refs/heads/x", ""));

        assertThat(items(images, first, second)).containsExactly("PASSED linux/amd64", "PASSED linux/arm64");
        assertThat(items(images, first)).containsExactly("PASSED linux/amd64", "FAILED linux/arm64");
        assertThat(items(images, first, other)).containsExactly("PASSED linux/amd64", "FAILED linux/arm64");
        assertThat(items(images)).containsExactly("FAILED");
        VerifiedEvidence whole = about(Given.digest("index"), other);
        assertThat(items(images, first, second, whole))
                .as("what is said about the index counts, whatever is said about its images")
                .containsExactly("FAILED");
    }

    private static VerifiedEvidence about(Digest image, VerifiedEvidence same) {
        return Given.evidence(
                image, Given.seen(), PredicateTypes.PROVENANCE, same.statement().predicate());
    }

    private static List<String> items(List<PlatformImage> images, VerifiedEvidence... evidence) throws Exception {
        return Given.policy(RULE).judge(Given.index(images, evidence), NOW).items().stream()
                .filter(item -> item.id().equals("provenance"))
                .map(item -> (item.status() + " "
                                + item.platform().map(Object::toString).orElse(""))
                        .strip())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "- provenance: {builders: [\"https://*.example.com/x\"]}| a wildcard is allowed only after the host of a URL",
                "- provenance: {builders: [\"*\"]}| a wildcard is allowed only after the host of a URL",
                "- provenance: {builders: [\"https://ci.example.com/{x}\"]}| is not a builder's id",
                "- provenance: {accept: []}| the list is empty",
                "- provenance: {accept: [x]}| expected a map",
                "- provenance: {accept: [{}]}| 'builders' is missing",
                "- provenance: {accept: [{builders: [\"https://a.example/\"]}], sources: []}| 'sources' belongs into each alternative",
                "- provenance: {accept: [{builders: [\"https://a.example/\"]}], trust: {keys: [a]}}| 'trust' belongs into each alternative",
                "- provenance: {accept: [{builders: [\"https://a.example/\"], accept: []}]}| unknown key 'accept'"
            })
    void refusesARuleThatCouldBeUnderstoodInTwoWays(String rule, String why) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Given.policy(rule))
                .hasMessageContaining(why);
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

    /** A rule judges the same before its day and after. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", from: 2020-01-01", ", mode: warn"})
    void believesProvenanceOfEachImageHoweverItIsEnforced(String more) throws Exception {
        PlatformImage arm = Given.image("linux/arm64", "1000", Map.of(), List.of(Given.digest("app")));
        VerifiedEvidence first = provenance(BUILDER, SOURCE, "refs/heads/main", "");
        String rule = RULE.substring(0, RULE.length() - 1) + more + "}";

        Verdict verdict =
                Given.policy(rule).judge(Given.index(List.of(IMAGE, arm), first, about(arm.digest(), first)), NOW);

        assertThat(verdict.items())
                .filteredOn(item -> item.id().equals("provenance"))
                .hasSize(2)
                .allMatch(item -> item.status() == Status.PASSED);
    }
}
