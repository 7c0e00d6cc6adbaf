package io.jenkins.plugins.airworthy.jenkins.run;

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
class RunFactsTest {
    private static final Set<String> NONE = Set.of();
    private static final String OTHER_FACTORY = "org.jenkinsci.plugins.workflow.cps.CpsFlowFactoryAction2";

    private static RunFacts pipeline(String definition) {
        return new RunFacts(RunFacts.PIPELINE, definition, true, NONE, NONE, false);
    }

    private static RunFacts from(String definition, Set<String> causes, Set<String> actions) {
        return new RunFacts(RunFacts.PIPELINE, definition, true, causes, actions, false);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("from SCM", pipeline(RunFacts.FROM_SCM), Set.of(PIPELINE_FROM_SCM)),
                Arguments.of("multibranch", pipeline(RunFacts.BRANCH), Set.of(MULTIBRANCH)),
                Arguments.of("inline", pipeline(RunFacts.INLINE), Set.of(INLINE)),
                Arguments.of(
                        "a definition of another plugin", pipeline("com.example.TemplateDefinition"), Set.of(UNKNOWN)),
                Arguments.of("no definition", pipeline(""), Set.of(UNKNOWN)),
                Arguments.of(
                        "saved while the run was made",
                        new RunFacts(RunFacts.PIPELINE, RunFacts.FROM_SCM, false, NONE, NONE, false),
                        Set.of(UNKNOWN)),
                Arguments.of(
                        "freestyle", new RunFacts(RunFacts.FREESTYLE, "", false, NONE, NONE, false), Set.of(FREESTYLE)),
                Arguments.of(
                        "a job type of another plugin",
                        new RunFacts("hudson.maven.MavenModuleSetBuild", "", false, NONE, NONE, false),
                        Set.of(UNKNOWN)),
                Arguments.of(
                        "an axis of a multi-configuration job",
                        new RunFacts("hudson.matrix.MatrixRun", "", false, NONE, NONE, false),
                        Set.of(UNKNOWN)),
                Arguments.of(
                        "replayed",
                        from(
                                RunFacts.BRANCH,
                                Set.of(RunFacts.REPLAY_CAUSE),
                                Set.of(RunFacts.REPLAY_ACTION, OTHER_FACTORY)),
                        Set.of(MULTIBRANCH, REPLAYED)),
                Arguments.of(
                        "replayed, with its cause hidden",
                        from(RunFacts.FROM_SCM, NONE, Set.of(RunFacts.REPLAY_ACTION, OTHER_FACTORY)),
                        Set.of(PIPELINE_FROM_SCM, REPLAYED)),
                Arguments.of(
                        "restarted from a stage",
                        from(
                                RunFacts.FROM_SCM,
                                Set.of(RunFacts.RESTART_CAUSE),
                                Set.of(RunFacts.RESTART_ACTION, OTHER_FACTORY)),
                        Set.of(PIPELINE_FROM_SCM, RESTARTED)),
                Arguments.of(
                        "a script brought by another plugin",
                        from(RunFacts.FROM_SCM, NONE, Set.of("com.example.Rerun", OTHER_FACTORY)),
                        Set.of(PIPELINE_FROM_SCM, UNKNOWN)),
                Arguments.of(
                        "a pull request",
                        new RunFacts(RunFacts.PIPELINE, RunFacts.BRANCH, true, NONE, NONE, true),
                        Set.of(MULTIBRANCH, CHANGE_REQUEST)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void tellsTheKinds(String story, RunFacts facts, Set<RunKind> kinds) {
        assertThat(facts.kinds()).as(story).isEqualTo(kinds);
    }
}
