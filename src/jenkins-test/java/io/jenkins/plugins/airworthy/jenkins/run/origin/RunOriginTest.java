package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.model.listeners.RunListener;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.extensions.impl.BuildChooserSetting;
import hudson.plugins.git.extensions.impl.RelativeTargetDirectory;
import hudson.scm.SCM;
import hudson.util.Secret;
import io.jenkins.plugins.airworthy.evidence.Observer;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import jenkins.plugins.git.traits.RefSpecsSCMSourceTrait;
import jenkins.scm.api.SCMHead;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.FREESTYLE;
import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.INLINE;
import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.MULTIBRANCH;
import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.PIPELINE_FROM_SCM;
import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.REPLAYED;
import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.RESTARTED;
import static io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

/** Where runs come from, with real repositories, in a Jenkins. */
@WithJenkins
class RunOriginTest {
    private static final String CHECKOUT = "node('agent') { checkout scm }";

    private static JenkinsRule jenkins;

    @TempDir
    Path folder;

    private SourceRepository repository;
    private String commit;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.createOnlineSlave(new hudson.model.labels.LabelAtom("agent"));
    }

    @BeforeEach
    void create() throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        repository = SourceRepository.create(folder.resolve("app"));
        commit = repository.commit("Jenkinsfile", CHECKOUT);
    }

    @AfterEach
    void forbidLocalCheckouts() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = false;
        Meddler.definition = null;
    }

    private WorkflowJob fromScm(SCM scm, boolean lightweight) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        CpsScmFlowDefinition definition = new CpsScmFlowDefinition(scm, "Jenkinsfile");
        definition.setLightweight(lightweight);
        job.setDefinition(definition);
        return job;
    }

    private RunOrigin originOf(WorkflowJob job) throws Exception {
        return RunOrigin.of(jenkins.buildAndAssertStatus(Result.SUCCESS, job));
    }

    private SourceRevision main(Observer observer) {
        return new SourceRevision(repository.url(), "refs/heads/main", Optional.of(commit), observer);
    }

    private static String inlineCheckout(SourceRepository other) {
        return "node('agent') { dir('other') { git branch: 'main', url: '" + other.url() + "' } }";
    }

    @Test
    void takesTheSourceFromTheControllersOwnCheckout() throws Exception {
        repository.commit("Jenkinsfile", "echo 'built'");
        commit = repository.commit("other", "more");
        RunOrigin origin = originOf(fromScm(repository.scm("*/main", null), false));
        assertThat(origin.kinds()).containsExactly(PIPELINE_FROM_SCM);
        assertThat(origin.source().definition()).contains(main(Observer.CONTROLLER));
        assertThat(origin.source().scriptPath()).isEqualTo("Jenkinsfile");
        assertThat(origin.controllerUrl()).isEqualTo(jenkins.getURL().toString());
    }

    @Test
    void theScriptsCheckoutOnAnAgentIsTheAgentsWord() throws Exception {
        RunOrigin origin = originOf(fromScm(repository.scm("*/main", null), true));
        assertThat(origin.kinds()).containsExactly(PIPELINE_FROM_SCM);
        assertThat(origin.source().definition()).contains(main(Observer.BUILD_AGENT));
    }

    @Test
    void aScriptReadWithoutACheckoutHasNoRevision() throws Exception {
        repository.commit("Jenkinsfile", "echo 'built'");
        RunSource source =
                originOf(fromScm(repository.scm("*/main", null), true)).source();
        assertThat(source.definition()).isEmpty();
        assertThat(source.doubt()).get().asString().contains("checkout scm");
    }

    @Test
    void anotherRepositoryCheckedOutFirstIsADependencyAndNotTheSource() throws Exception {
        SourceRepository other = SourceRepository.create(folder.resolve("other"));
        String elsewhere = other.commit("file", "content");
        commit = repository.commit("Jenkinsfile", inlineCheckout(other) + "\n" + CHECKOUT);
        RunSource source =
                originOf(fromScm(repository.scm("*/main", null), true)).source();
        assertThat(source.definition()).contains(main(Observer.BUILD_AGENT));
        assertThat(source.others())
                .containsExactly(new SourceRevision(
                        other.url(), "refs/heads/main", Optional.of(elsewhere), Observer.BUILD_AGENT));
    }

    @Test
    void aBranchThatAParameterChoosesIsNotBelievedOfAScript() throws Exception {
        WorkflowJob job = fromScm(repository.scm("${BRANCH}", null), true);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("BRANCH", "main")));
        RunSource source = originOf(job).source();
        assertThat(source.definition()).isEmpty();
        assertThat(source.doubt()).get().asString().contains("depends on a parameter");
    }

    @Test
    void aRefspecCannotCallMyBranchMain() throws Exception {
        repository.checkout("-b", "mine");
        repository.commit("Jenkinsfile", "echo 'mine'");
        RunSource source = originOf(
                        fromScm(repository.scm("*/main", "+refs/heads/mine:refs/remotes/origin/main"), false))
                .source();
        assertThat(source.definition()).isEmpty();
        assertThat(source.doubt()).get().asString().contains("other names");
    }

    /** The git plugin fetches from what older versions saved, and shows what newer ones save. */
    @Test
    void aRepositoryHiddenInOldSettingsIsNotToldAsTheOneThatTheJobShows() throws Exception {
        SourceRepository hidden = SourceRepository.create(folder.resolve("hidden"));
        hidden.commit("Jenkinsfile", "echo 'mine'");
        WorkflowJob job = fromScm(repository.scm("*/main", null), false);
        job.updateByXml((Source) new StreamSource(new StringReader(job.getConfigFile()
                .asString()
                .replace(
                        "</configVersion>",
                        "</configVersion><source>" + hidden.url() + "</source><branch>main</branch>"))));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.SUCCESS, job);
        jenkins.assertLogContains("mine", run);
        RunSource source = RunOrigin.of(run).source();
        assertThat(source.definition()).isEmpty();
        assertThat(source.doubt()).get().asString().contains("fetches something else than its settings show");
    }

    @Test
    void aCommitChosenInTheJobsSettingsIsNotToldAsTheBranchThatItIsCalled() throws Exception {
        repository.checkout("-b", "mine");
        String mine = repository.commit("Jenkinsfile", "echo 'mine'");
        GitSCM scm = repository.scm("*/main", null);
        scm.getExtensions()
                .add(new BuildChooserSetting(new AbstractGitSCMSource.SpecificRevisionBuildChooser(
                        new AbstractGitSCMSource.SCMRevisionImpl(new SCMHead("origin/main"), mine))));
        WorkflowJob job = fromScm(scm, false);
        job.updateByXml(
                (Source) new StreamSource(new StringReader(job.getConfigFile().asString())));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.SUCCESS, job);
        jenkins.assertLogContains("mine", run);
        RunSource source = RunOrigin.of(run).source();
        assertThat(source.definition()).isEmpty();
        assertThat(source.doubt()).get().asString().contains("BuildChooserSetting");
    }

    @ParameterizedTest
    @CsvSource({"*/${BRANCH}, refs/heads/main", "main, refs/heads/main", "refs/tags/v1, refs/tags/v1"})
    void theControllersOwnCheckoutOfOneBranchOrTagTellsTheSource(String branch, String ref) throws Exception {
        commit = repository.commit("Jenkinsfile", "echo 'built ü'");
        repository.tag("v1");
        WorkflowJob job = fromScm(repository.scm(branch, null), false);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("BRANCH", "main")));
        RunSource source = originOf(job).source();
        assertThat(source.doubt()).isEmpty();
        assertThat(source.definition())
                .contains(new SourceRevision(repository.url(), ref, Optional.of(commit), Observer.CONTROLLER));
    }

    @Test
    void aScriptThatAnEarlierCheckoutLeftBehindHasNoSource() throws Exception {
        repository.checkout("-b", "mine");
        repository.commit("Jenkinsfile", "echo 'mine'");
        GitSCM beside = repository.scm("*/mine", null);
        beside.getExtensions().add(new RelativeTargetDirectory("left"));
        WorkflowJob job = fromScm(repository.scm("*/main", null), false);
        jenkins.buildAndAssertStatus(Result.SUCCESS, job);
        job.setDefinition(fromScm(beside));
        jenkins.buildAndAssertStatus(Result.SUCCESS, job);
        job.setDefinition(fromScm(repository.scm("*/main", null)));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.SUCCESS, job);
        jenkins.assertLogContains("mine", run);
        RunSource source = RunOrigin.of(run).source();
        assertThat(source.definition()).isEmpty();
        assertThat(source.doubt()).get().asString().contains("an earlier checkout left it");
        assertThat(RunOrigin.of(run).kinds()).containsExactlyInAnyOrder(PIPELINE_FROM_SCM, UNKNOWN);
    }

    private static CpsScmFlowDefinition fromScm(GitSCM scm) {
        CpsScmFlowDefinition definition = new CpsScmFlowDefinition(scm, "left/Jenkinsfile");
        definition.setLightweight(false);
        return definition;
    }

    @Test
    void anInlineScriptHasNoSourceWhateverItChecksOut() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(inlineCheckout(repository), true));
        RunOrigin origin = originOf(job);
        assertThat(origin.kinds()).containsExactly(INLINE);
        assertThat(origin.source().definition()).isEmpty();
        assertThat(origin.source().others()).containsExactly(main(Observer.BUILD_AGENT));
    }

    @Test
    void aJobSavedWhileItsRunIsMadeLendsItNoSource() throws Exception {
        WorkflowJob job = fromScm(repository.scm("*/main", null), true);
        Meddler.definition = new CpsFlowDefinition("echo 'not what the repository says'", true);
        assertThat(originOf(job).kinds()).containsExactly(UNKNOWN);
    }

    @Test
    void aJobSavedLaterLendsItNoSourceEither() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(inlineCheckout(repository), true));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.SUCCESS, job);
        job.setDefinition(new CpsScmFlowDefinition(repository.scm("*/main", null), "Jenkinsfile"));
        assertThat(RunOrigin.of(run).kinds()).containsExactly(INLINE);
        assertThat(RunOrigin.of(run).source().definition()).isEmpty();
    }

    @Test
    void aReplayedRunIsMarked() throws Exception {
        WorkflowJob job = fromScm(repository.scm("*/main", null), true);
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.SUCCESS, job);
        run.getAction(ReplayAction.class).run2("echo 'edited'", Map.of(), false);
        jenkins.waitUntilNoActivity();
        Run<?, ?> replayed = job.getBuildByNumber(2);
        assertThat(RunOrigin.of(replayed).kinds()).containsExactlyInAnyOrder(PIPELINE_FROM_SCM, REPLAYED);
    }

    @Test
    void aRunRestartedFromAStageIsMarked() throws Exception {
        repository.commit(
                "Jenkinsfile",
                "pipeline { agent none; stages { stage('test') { steps { echo 'tested' } };"
                        + " stage('build') { steps { echo 'built' } } } }");
        WorkflowJob job = fromScm(repository.scm("*/main", null), true);
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.SUCCESS, job);
        run.getAction(RestartDeclarativePipelineAction.class).run("build");
        jenkins.waitUntilNoActivity();
        assertThat(RunOrigin.of(job.getBuildByNumber(2)).kinds())
                .containsExactlyInAnyOrder(PIPELINE_FROM_SCM, RESTARTED);
    }

    private WorkflowRun multibranch(GitSCMSource source) throws Exception {
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class);
        project.getSourcesList().add(new BranchSource(source));
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        WorkflowRun run = project.getItem("main").getLastBuild();
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        return run;
    }

    @Test
    void takesTheRevisionFromTheMultibranchProject() throws Exception {
        GitSCMSource source = new GitSCMSource(repository.url());
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        RunOrigin origin = RunOrigin.of(multibranch(source));
        assertThat(origin.kinds()).containsExactly(MULTIBRANCH);
        assertThat(origin.source().definition()).contains(main(Observer.CONTROLLER));
        assertThat(origin.source().others()).isEmpty();
    }

    @Test
    void aMultibranchProjectsRefspecCannotCallMyBranchMain() throws Exception {
        repository.checkout("-b", "mine");
        repository.commit("Jenkinsfile", "echo 'mine'");
        GitSCMSource source = new GitSCMSource(repository.url());
        source.setTraits(List.of(
                new BranchDiscoveryTrait(),
                new RefSpecsSCMSourceTrait("+refs/heads/mine:refs/remotes/@{remote}/main")));
        RunSource told = RunOrigin.of(multibranch(source)).source();
        assertThat(told.definition()).isEmpty();
        assertThat(told.doubt()).get().asString().contains("other names");
    }

    @Test
    void aFreestyleJobIsMarkedAndItsSourceIsTheAgentsWord() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setScm(repository.scm("*/main", null));
        job.setAssignedLabel(jenkins.jenkins.getLabel("agent"));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        RunOrigin origin = RunOrigin.of(build);
        assertThat(origin.kinds()).containsExactly(FREESTYLE);
        assertThat(origin.source().definition()).contains(main(Observer.BUILD_AGENT));
    }

    @Test
    void namesAPersonByIdAndNotByDisplayNameAlsoThroughAnotherRun() throws Exception {
        User.getById("mallory", true).setFullName("The Release Manager");
        WorkflowJob first = jenkins.createProject(WorkflowJob.class);
        first.setDefinition(new CpsFlowDefinition("echo 'first'", true));
        WorkflowRun run = first.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("mallory")))
                .get();
        assertThat(RunOrigin.of(run).startedBy())
                .containsExactly(new Starter(Starter.Kind.USER, Optional.of("mallory"), List.of()));
        WorkflowJob second = jenkins.createProject(WorkflowJob.class);
        second.setDefinition(new CpsFlowDefinition("echo 'second'", true));
        WorkflowRun next = second.scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause((Run<?, ?>) run)))
                .get();
        assertThat(RunOrigin.of(next).startedBy())
                .containsExactly(
                        new Starter(Starter.Kind.USER, Optional.of("mallory"), List.of(first.getFullName() + "#1")));
    }

    @Test
    void leavesOutSensitiveParameters() throws Exception {
        WorkflowJob job = fromScm(repository.scm("*/main", null), true);
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("LEVEL", "high"),
                new StringParameterDefinition("LONG", "x".repeat(100_000)),
                new PasswordParameterDefinition("TOKEN", Secret.fromString("hunter2"), "")));
        RunOrigin origin = originOf(job);
        assertThat(origin.parameters()).containsOnlyKeys("LEVEL", "LONG").containsEntry("LEVEL", "high");
        assertThat(origin.parameters().get("LONG")).hasSizeLessThan(1_100).endsWith("(100000 characters)");
        assertThat(origin.toString()).doesNotContain("hunter2");
    }

    /** Somebody with the right to configure jobs, who is very quick. */
    @TestExtension
    @SuppressWarnings("rawtypes")
    public static final class Meddler extends RunListener<Run> {
        static volatile FlowDefinition definition;

        @Override
        public void onStarted(Run run, TaskListener listener) {
            if (definition != null && run instanceof WorkflowRun pipeline) {
                pipeline.getParent().setDefinition(definition);
            }
        }
    }
}
