package io.jenkins.plugins.airworthy.jenkins.run.origin;

import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Set;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.CHANGE_REQUEST;
import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.FREESTYLE;
import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.INLINE;
import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.MULTIBRANCH;
import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.PIPELINE_FROM_SCM;
import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.REPLAYED;
import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.RESTARTED;
import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

/** What kind of run it is. */
class RunClassifierTest {
    private static final Set<String> NONE = Set.of();
    private static final String OTHER_FACTORY = "org.jenkinsci.plugins.workflow.cps.CpsFlowFactoryAction2";

    private static RunClassifier pipeline(String definition) {
        return new RunClassifier(RunClassifier.PIPELINE, definition, true, NONE, NONE, false);
    }

    private static RunClassifier from(String definition, Set<String> causes, Set<String> actions) {
        return new RunClassifier(RunClassifier.PIPELINE, definition, true, causes, actions, false);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("from SCM", pipeline(RunClassifier.FROM_SCM), Set.of(PIPELINE_FROM_SCM)),
                Arguments.of("multibranch", pipeline(RunClassifier.BRANCH), Set.of(MULTIBRANCH)),
                Arguments.of("inline", pipeline(RunClassifier.INLINE), Set.of(INLINE)),
                Arguments.of(
                        "a definition of another plugin", pipeline("com.example.TemplateDefinition"), Set.of(UNKNOWN)),
                Arguments.of("no definition", pipeline(""), Set.of(UNKNOWN)),
                Arguments.of(
                        "saved while the run was made",
                        new RunClassifier(RunClassifier.PIPELINE, RunClassifier.FROM_SCM, false, NONE, NONE, false),
                        Set.of(UNKNOWN)),
                Arguments.of(
                        "freestyle",
                        new RunClassifier(RunClassifier.FREESTYLE, "", false, NONE, NONE, false),
                        Set.of(FREESTYLE)),
                Arguments.of(
                        "a job type of another plugin",
                        new RunClassifier("hudson.maven.MavenModuleSetBuild", "", false, NONE, NONE, false),
                        Set.of(UNKNOWN)),
                Arguments.of(
                        "an axis of a multi-configuration job",
                        new RunClassifier("hudson.matrix.MatrixRun", "", false, NONE, NONE, false),
                        Set.of(UNKNOWN)),
                Arguments.of(
                        "replayed",
                        from(
                                RunClassifier.BRANCH,
                                Set.of(RunClassifier.REPLAY_CAUSE),
                                Set.of(RunClassifier.REPLAY_ACTION, OTHER_FACTORY)),
                        Set.of(MULTIBRANCH, REPLAYED)),
                Arguments.of(
                        "replayed, with its cause hidden",
                        from(RunClassifier.FROM_SCM, NONE, Set.of(RunClassifier.REPLAY_ACTION, OTHER_FACTORY)),
                        Set.of(PIPELINE_FROM_SCM, REPLAYED)),
                Arguments.of(
                        "restarted from a stage",
                        from(
                                RunClassifier.FROM_SCM,
                                Set.of(RunClassifier.RESTART_CAUSE),
                                Set.of(RunClassifier.RESTART_ACTION, OTHER_FACTORY)),
                        Set.of(PIPELINE_FROM_SCM, RESTARTED)),
                Arguments.of(
                        "a script brought by another plugin",
                        from(RunClassifier.FROM_SCM, NONE, Set.of("com.example.Rerun", OTHER_FACTORY)),
                        Set.of(PIPELINE_FROM_SCM, UNKNOWN)),
                Arguments.of(
                        "a pull request",
                        new RunClassifier(RunClassifier.PIPELINE, RunClassifier.BRANCH, true, NONE, NONE, true),
                        Set.of(MULTIBRANCH, CHANGE_REQUEST)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void determinesTheKinds(String story, RunClassifier facts, Set<RunKind> kinds) {
        assertThat(facts.kinds()).as(story).isEqualTo(kinds);
    }
}
