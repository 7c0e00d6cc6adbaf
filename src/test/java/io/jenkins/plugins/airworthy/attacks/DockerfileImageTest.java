package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** A job whose Dockerfile was built on an agent, where its lines can do anything, passed as if more had been seen of the build. */
class DockerfileImageTest extends Attack {

    /** The image's only provenance says that a builder made it from a Dockerfile. */
    private void build(String buildType) throws Exception {
        stageWithout(Piece.PROVENANCE);
        Provenance built = Provenance.of(
                buildType,
                BUILDER,
                Optional.of(new Provenance.Source(SOURCE, "refs/heads/main", Optional.of("0".repeat(40)))),
                Optional.empty(),
                List.of(),
                Optional.of(BUILDER + "job/cart/1/"),
                NOW.minusSeconds(10_800),
                NOW.minusSeconds(10_000));
        attach(
                image,
                new Statement(
                        subject(image),
                        Optional.of(new Observation(Observer.BUILD_AGENT, NOW.minusSeconds(10_000))),
                        PredicateTypes.PROVENANCE,
                        built.toPredicate(StrictJson.object(), StrictJson.object())),
                release);
    }

    /** It needs no mark: Airworthy ran the builder and says what it built from. */
    @Test
    void promotesItWithoutAMark() throws Exception {
        build(Provenance.JENKINS_DOCKERFILE);
        assertPromoted();
    }

    /** A builder may compress the base's layers anew, so that nobody can compare them: then the base is unknown. */
    @Test
    void refusesToTakeAnUnknownBaseForScratch() throws Exception {
        build(Provenance.JENKINS_DOCKERFILE);
        changePolicy("    - user: {nonRoot: true}\n", "    - user: {nonRoot: true}\n    - base: {allow: [scratch]}\n");
        assertRefused("base", "base on linux/amd64: the base is unknown");
    }

    @Test
    void refusesTheSameFromACommandLine() throws Exception {
        build(Provenance.COMMAND_LINE_DOCKERFILE);
        changePolicy("    - user: {nonRoot: true}\n", "    - user: {nonRoot: true}\n    - base: {allow: [scratch]}\n");
        assertRefused("base", "base on linux/amd64: the base is unknown");
    }
}
