package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Descriptor;
import hudson.model.Result;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the Snippet Generator and the Steps Reference make of the steps. */
@WithJenkins
class SnippetGeneratorTest {
    private static final List<String> STEPS = List.of(
            "imageAdopt",
            "imageAttest",
            "imageBuild",
            "imagePromote",
            "imagePrune",
            "imageScan",
            "imageSign",
            "imageTest",
            "imageVerify",
            "withImageAdopt");

    @Test
    void offersEachStepOnceAndAsItself(JenkinsRule jenkins) {
        List<Descriptor<?>> offered = new ArrayList<>();
        for (boolean advanced : new boolean[] {false, true}) {
            new Snippetizer().getQuasiDescriptors(advanced).forEach(descriptor -> offered.add(descriptor.real));
        }
        List<Descriptor<?>> ours = offered.stream()
                .filter(descriptor -> descriptor.clazz.getName().startsWith("io.jenkins.plugins.airworthy."))
                .toList();

        assertThat(ours)
                .allMatch(descriptor -> descriptor instanceof StepDescriptor)
                .extracting(descriptor -> ((StepDescriptor) descriptor).getFunctionName())
                .containsExactlyInAnyOrderElementsOf(STEPS);
    }

    @Test
    void generatesTheStepWithTheFieldsThatAreFilledIn(JenkinsRule jenkins) throws Exception {
        assertThat(snippet(jenkins, ImageBuildStep.class, """
                "to": "r.example.com/a:1", "base": "scratch", "files": "a:/a\\nb:/b", "user": "65532"
                """))
                .isEqualTo(
                        "imageBuild base: 'scratch', files: ['a:/a', 'b:/b'], to: 'r.example.com/a:1', user: '65532'");
        assertThat(snippet(jenkins, ImageTestStep.class, """
                "image": "r.example.com/a:1", "structure": "s.yaml", "junit": "", "failOnFailedTests": false
                """))
                .isEqualTo("imageTest failOnFailedTests: false, image: 'r.example.com/a:1', structure: ['s.yaml']");
        assertThat(snippet(jenkins, ImageScanStep.class, "\"image\": \"r.example.com/a:1\""))
                .isEqualTo("imageScan image: 'r.example.com/a:1'");
        assertThat(snippet(jenkins, ImageSignStep.class, "\"image\": \"r.example.com/a:1\", \"key\": \"release\""))
                .isEqualTo("imageSign image: 'r.example.com/a:1', key: 'release'");
        assertThat(snippet(jenkins, ImageAttestStep.class, """
                "predicateType": "https://example.com/review/v1", "predicateFile": "r.json", "image": "", "key": "release"
                """))
                .isEqualTo(
                        "imageAttest key: 'release', predicateFile: 'r.json', predicateType: 'https://example.com/review/v1'");
        assertThat(snippet(jenkins, ImageVerifyStep.class, """
                "policy": "production", "image": "", "target": "r.example.com/prod/a:1"
                """))
                .isEqualTo("imageVerify policy: 'production', target: 'r.example.com/prod/a:1'");
        assertThat(snippet(jenkins, ImagePromoteStep.class, """
                "to": "r.example.com/prod/a:1", "policy": "", "image": "", "failOnRefusal": false
                """))
                .isEqualTo("imagePromote failOnRefusal: false, to: 'r.example.com/prod/a:1'");
        assertThat(snippet(jenkins, ImagePruneStep.class, """
                "policy": "production", "image": "r.example.com/a:1", "dryRun": true
                """))
                .isEqualTo("imagePrune dryRun: true, image: 'r.example.com/a:1', policy: 'production'");
    }

    @Test
    void generatesTheStepAloneWhereNothingIsFilledIn(JenkinsRule jenkins) throws Exception {
        assertThat(snippet(jenkins, ImageTestStep.class, """
                "image": "", "structure": "", "junit": "", "failOnFailedTests": true
                """)).isEqualTo("imageTest()");
        assertThat(snippet(jenkins, ImageScanStep.class, "\"image\": \"\"")).isEqualTo("imageScan()");
        assertThat(snippet(jenkins, ImageSignStep.class, "\"image\": \"\", \"key\": \"\""))
                .isEqualTo("imageSign()");
        assertThat(snippet(jenkins, ImageVerifyStep.class, "\"policy\": \"\", \"image\": \"\", \"target\": \"\""))
                .isEqualTo("imageVerify()");
        assertThat(snippet(jenkins, ImagePromoteStep.class, """
                "to": "r.example.com/prod/a:1", "policy": "", "image": "", "failOnRefusal": true
                """)).isEqualTo("imagePromote 'r.example.com/prod/a:1'");
        assertThat(snippet(jenkins, ImageBuildStep.class, "\"to\": \"r.example.com/a:1\", \"files\": \"\""))
                .isEqualTo("imageBuild 'r.example.com/a:1'");
        assertThat(snippet(jenkins, ImageAttestStep.class, """
                "predicateType": "https://example.com/review/v1", "predicateFile": "r.json"
                """))
                .isEqualTo("imageAttest predicateFile: 'r.json', predicateType: 'https://example.com/review/v1'");
        String adopted = "\"image\": \"r.example.com/a:1\", \"digestFile\": \"build.json\"";
        assertThat(snippet(jenkins, ImageAdoptStep.class, adopted))
                .isEqualTo("imageAdopt digestFile: 'build.json', image: 'r.example.com/a:1'");
        assertThat(snippet(jenkins, WithImageAdoptStep.class, adopted))
                .startsWith("withImageAdopt(digestFile: 'build.json', image: 'r.example.com/a:1') {");
    }

    /** Pasted, it gets as far as the step's own refusal. */
    @Test
    void whatIsGeneratedRuns(JenkinsRule jenkins) throws Exception {
        for (String snippet : List.of(
                snippet(jenkins, ImageScanStep.class, "\"image\": \"\""),
                snippet(jenkins, ImageSignStep.class, "\"image\": \"\", \"key\": \"\""))) {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(snippet, true));
            jenkins.assertLogContains(
                    snippet.replace("()", "") + ": this run has no image yet",
                    jenkins.buildAndAssertStatus(Result.FAILURE, job));
        }
    }

    @Test
    void theReferenceDescribesTheStepsAndNoBuildStep(JenkinsRule jenkins) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setJavaScriptEnabled(false);
            String page = client.goTo("pipeline-syntax/html").getWebResponse().getContentAsString();
            STEPS.forEach(step -> assertThat(page).contains("<code>" + step + "</code>"));
            assertThat(page).doesNotContain("ImagePromoteBuilder").doesNotContain("ImageScanBuilder");
        }
    }

    /** Nowhere may the explanation of a field be lost that several steps have. */
    @Test
    void sharedFieldsExplainThemselvesInTheReferenceAndAtTheField(JenkinsRule jenkins) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setJavaScriptEnabled(false);
            String page = client.goTo("pipeline-syntax/html").getWebResponse().getContentAsString();
            assertThat(page.split("The name of the policy to judge by", -1))
                    .as("in imageVerify and imagePromote")
                    .hasSize(3);
            assertThat(page.split("The name of the key to sign with", -1))
                    .as("in imageSign and imageAttest")
                    .hasSize(3);
            assertThat(page).contains("must be one that the policy names under");
            assertThat(help(client, ImageVerifyStep.class, "policy")).contains("The name of the policy to judge by");
            assertThat(help(client, ImagePruneStep.class, "policy"))
                    .contains("must be one that the policy names under");
            assertThat(help(client, ImageAttestStep.class, "key")).contains("The name of the key to sign with");
        }
    }

    private static String help(JenkinsRule.WebClient client, Class<? extends ImageStep> step, String field)
            throws Exception {
        return client.goTo("descriptor/" + step.getName() + "/help/" + field, null)
                .getWebResponse()
                .getContentAsString();
    }

    private static String snippet(JenkinsRule jenkins, Class<?> step, String fields) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            WebRequest request = new WebRequest(client.createCrumbedUrl(Snippetizer.GENERATE_URL), HttpMethod.POST);
            request.setAdditionalHeader("Referer", jenkins.getURL() + Snippetizer.ACTION_URL);
            request.setRequestParameters(List.of(new NameValuePair(
                    "json",
                    "{\"stapler-class\": \"" + step.getName() + "\", \"$class\": \"" + step.getName() + "\", " + fields
                            + "}")));
            Page page = client.getPage(request);
            assertThat(page.getWebResponse().getContentType()).isEqualTo("text/plain");
            return page.getWebResponse().getContentAsString().trim();
        }
    }
}
