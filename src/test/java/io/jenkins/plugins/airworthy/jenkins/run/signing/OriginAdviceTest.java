package io.jenkins.plugins.airworthy.jenkins.run.signing;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunSource;
import io.jenkins.plugins.airworthy.jenkins.run.origin.SourceRevision;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What would be refused at the end of a run is said at its beginning. */
class OriginAdviceTest {
    private static final KeySelection.Source ANY = (role, toAccept) -> null;

    private static final KeySelection.Source STRICT = (role, toAccept) -> {
        if (toAccept.stream().anyMatch(RunKind::isMarked)) {
            throw new InvalidInputException("key 'release' does not sign " + role.plural());
        }
        return null;
    };

    private static RunOrigin origin(RunKind kind, RunSource source) {
        return new RunOrigin(
                Set.of(kind),
                source,
                Map.of(),
                List.of(),
                List.of(),
                "https://jenkins.example.com/",
                "shop",
                "job/shop/1/",
                1,
                Instant.EPOCH);
    }

    private static RunSource seenBy(Observer observer) {
        return new RunSource(
                Optional.of(new SourceRevision(
                        "https://git.example.com/shop/app", "refs/heads/main", Optional.of("0".repeat(40)), observer)),
                Optional.empty(),
                "Jenkinsfile",
                List.of(),
                0);
    }

    @Test
    void aReplayedRunLearnsFirstThatNothingSignsItsImage() {
        assertThat(OriginAdvice.of(origin(RunKind.REPLAYED, seenBy(Observer.CONTROLLER)), STRICT))
                .singleElement()
                .asString()
                .contains("will not be signed", "key 'release' does not sign images, provenance", "start the job anew");
    }

    @Test
    void saysNothingToAMarkedRunThatTheKeyAccepts() {
        assertThat(OriginAdvice.of(origin(RunKind.INLINE, seenBy(Observer.CONTROLLER)), ANY))
                .isEmpty();
    }

    @Test
    void advisesAgainstALightweightCheckout() {
        assertThat(OriginAdvice.of(origin(RunKind.PIPELINE_FROM_SCM, seenBy(Observer.BUILD_AGENT)), STRICT))
                .singleElement()
                .asString()
                .contains("'build-agent' only", "untick 'Lightweight checkout'", "multibranch");
    }

    @Test
    void saysWhyTheSourceIsUnknown() {
        assertThat(OriginAdvice.of(
                        origin(RunKind.UNKNOWN, RunSource.none("its branch depends on a parameter")), STRICT))
                .hasSize(2)
                .first()
                .asString()
                .contains("its branch depends on a parameter");
    }

    @Test
    void aRunWhoseKeyIsRevokedLearnsItFirst() {
        KeySelection.Source revoked = (role, toAccept) -> {
            throw new InvalidInputException("key 'release' is revoked and no longer signs");
        };
        assertThat(OriginAdvice.of(origin(RunKind.MULTIBRANCH, seenBy(Observer.CONTROLLER)), revoked))
                .singleElement()
                .asString()
                .contains("will not be signed", "is revoked");
    }

    @Test
    void saysNothingToAnOrdinaryRun() {
        assertThat(OriginAdvice.of(origin(RunKind.MULTIBRANCH, seenBy(Observer.CONTROLLER)), STRICT))
                .isEmpty();
    }
}
