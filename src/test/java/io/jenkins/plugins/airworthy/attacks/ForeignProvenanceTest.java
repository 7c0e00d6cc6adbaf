package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;

/** Attack 13 with the provenance of another builder, signed by the key of its platform: what it does not know is not made up. */
class ForeignProvenanceTest extends ProvenanceAttack {
    private static final String GENERATOR = "https://github.com/slsa-framework/slsa-github-generator/container@v1";
    private static final String BUILDKIT = "https://mobyproject.org/buildkit@v1";
    private static final String SOURCE = "git+https://github.com/acme/cart@refs/heads/main";
    private static final String V0_1 = "https://slsa.dev/provenance/v0.1";

    @BeforeEach
    void trustAPlatform() {
        keys.add(new TrustedKey("platform", stranger.publicKey()));
    }

    @Override
    String accepted() {
        return """
                        accept:
                          - builders: ["https://jenkins.example.com/"]
                            sources: [{repository: "https://git.example.com/acme/{app}", refs: [refs/heads/main]}]
                          - builders: ["https://ci.example.com/pool/*"]
                            sources: [{repository: "https://github.com/acme/{app}", refs: [refs/heads/main]}]
                            trust: {keys: [platform], observed: imported}
                """;
    }

    @Override
    void attest() throws Exception {
        attest(predicate(GENERATOR, "https://ci.example.com/pool/7", SOURCE, "[]"));
    }

    private static String predicate(String buildType, String builder, String source, String materials) {
        return """
                {"builder": {"id": "%s"}, "buildType": "%s",
                 "invocation": {"configSource": {"uri": "%s", "digest": {"sha1": "%s"}}}, "materials": %s}
                """.formatted(builder, buildType, source, "0".repeat(40), materials);
    }

    private void attest(String predicate) throws Exception {
        attest(PredicateTypes.PROVENANCE_V0_2, predicate);
    }

    private void attest(String type, String predicate) throws Exception {
        attach(image, statement(type, predicate), stranger);
    }

    /** What fits one alternative by its builder and the other by its source fits neither. */
    @Test
    void refusesTheSourceOfOneBuilderFromAnother() throws Exception {
        attest(predicate(
                GENERATOR,
                "https://ci.example.com/pool/7",
                "git+https://git.example.com/acme/cart@refs/heads/main",
                "[]"));
        assertRefused(
                "provenance",
                "no alternative fits: 1: no provenance about ",
                "2: built by 'https://ci.example.com/pool/7' from 'https://git.example.com/acme/cart'",
                "not one of the allowed sources");
    }

    /** A name after # may be a branch, a tag or a commit. */
    @Test
    void refusesRefThatMayBeATag() throws Exception {
        attest(predicate(BUILDKIT, "https://ci.example.com/pool/7", "https://github.com/acme/cart.git#main", "[]"));
        assertRefused("provenance", "from 'https://github.com/acme/cart', but the ref is unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git+https://github.com/acme/cart@refs/heads/main@refs/heads/main",
                "git+https://github.com/acme/cart/../stranger@refs/heads/main",
                "git+https://github.com/acme/%63art@refs/heads/main",
                "git+https://github.com\\\\@evil.example/acme/cart@refs/heads/main",
                "git+https://user@github.com/acme/cart@refs/heads/main",
                "git+http://github.com/acme/cart@refs/heads/main",
                "git+https://github.com/acme/cart?x@refs/heads/main"
            })
    void refusesRepositoryThatCanBeReadInTwoWays(String source) throws Exception {
        attest(predicate(GENERATOR, "https://ci.example.com/pool/7", source, "[]"));
        assertRefused("provenance", "from a source that the provenance does not name");
    }

    /** Nobody else reads that build type's parameters in this way. */
    @Test
    void refusesSourceInTheParametersOfAnUnknownBuildType() throws Exception {
        attest(predicate("https://example.com/own/v1", "https://ci.example.com/pool/7", SOURCE, "[]"));
        assertRefused("provenance", "from a source that the provenance does not name");
    }

    @Test
    void refusesProvenanceWithoutABuilder() throws Exception {
        attest(predicate(BUILDKIT, "", SOURCE, "[]"));
        assertRefused("provenance", "2: the provenance names no builder", "--attest type=provenance,builder-id=");
    }

    /** By another key it stands beside the good one, and decides nothing for those who do not trust that key. */
    @Test
    void promotesImageWithGoodProvenanceBesideOneWithoutABuilder() throws Exception {
        attest(predicate(BUILDKIT, "", SOURCE, "[]"));
        attach(image, provenance(image), release);
        assertPromoted();
    }

    @Test
    void refusesProvenanceOfVersionV02WithMembersOfWrongTypes() throws Exception {
        attest(predicate(GENERATOR, "https://ci.example.com/pool/7", SOURCE, "{\"0\": {}}"));
        assertRefused("provenance", "provenance cannot be read: ", "predicate.materials: expected an array");
    }

    @Test
    void refusesMoreDependenciesThanAllowed() throws Exception {
        String many = String.join(",", Collections.nCopies(10_001, "{}"));
        attest(predicate(GENERATOR, "https://ci.example.com/pool/7", SOURCE, "[" + many + "]"));
        assertRefused("provenance", "predicate.materials: more than the allowed 10000");
    }

    /** Version 0.1 is not read, and the refusal does not leave that to be guessed. */
    @Test
    void saysThatThereIsProvenanceOfAnOlderVersion() throws Exception {
        attest(V0_1, "{\"builder\": {\"id\": \"https://ci.example.com/pool/7\"}}");
        assertRefused("provenance", "; there is provenance of version 0.1, which is not read");
    }
}
