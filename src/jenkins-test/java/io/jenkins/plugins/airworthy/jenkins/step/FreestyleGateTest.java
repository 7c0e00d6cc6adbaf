package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.tasks.Shell;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageBuildBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImagePromoteBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageSignBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageTestBuilder;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlTextArea;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** A freestyle job whose steps are filled in by its form. */
@WithJenkins
class FreestyleGateTest {
    private static final String STEP = "/descriptorByName/io.jenkins.plugins.airworthy.jenkins.step.";

    @TempDir
    Path folder;

    @Test
    void buildsTestsSignsAndPromotesWhatItsFormSays(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            job.getBuildersList().add(new Shell("""
                    mkdir -p app && echo build $BUILD_NUMBER > app/content
                    echo 'schemaVersion: "2.0.0"' > structure.yaml
                    echo 'fileExistenceTests: [{name: content, path: /app/content, shouldExist: true}]' >> structure.yaml
                    """));
            job.getBuildersList().add(new ImageBuildBuilder(new ImageBuildStep("")));
            job.getBuildersList().add(new ImageTestBuilder(new ImageTestStep()));
            job.getBuildersList().add(new ImageSignBuilder(new ImageSignStep()));
            job.getBuildersList().add(new ImagePromoteBuilder(new ImagePromoteStep("")));

            HtmlForm form = jenkins.createWebClient().getPage(job, "configure").getFormByName("config");
            form.<HtmlInput>getInputByName("_.base").setValue("scratch");
            form.<HtmlInput>getInputByName("_.user").setValue("65532");
            textArea(form, "_.files").setText("app:/app\n");
            textArea(form, "_.structure").setText("structure.yaml");
            form.getInputsByName("_.to").get(0).setValue(setup.host() + "/staging/shop:${BUILD_NUMBER}");
            form.getInputsByName("_.to").get(1).setValue(setup.host() + "/prod/shop:${BUILD_NUMBER}");
            form.<HtmlInput>getInputByName("_.policy").setValue("production");
            jenkins.submit(form);

            FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.SUCCESS, job);
            jenkins.assertLogContains("[airworthy]   passed   signature: signed by key release", build);
            assertThat(setup.at("prod/shop:1")).isPresent().isEqualTo(setup.at("staging/shop:1"));

            job.getBuildersList().remove(ImageSignBuilder.class);
            FreeStyleBuild unsigned = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("ERROR: imagePromote: policy 'production' does not let ", unsigned);
            jenkins.assertLogContains("[airworthy]   FAILED   signature: ", unsigned);
            setup.assertNothingPromoted("shop:2");
        }
    }

    @Test
    void theFormOffersAndChecksWhatTheJobMayUseAndShowsOthersNothing(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            FreeStyleProject job = jenkins.createFreeStyleProject("shop");
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ, Item.READ)
                    .everywhere()
                    .toEveryone()
                    .grant(Item.CONFIGURE)
                    .everywhere()
                    .to("author"));

            assertThat(post(jenkins, "author", job, "ImageSignStep/fillKeyItems", ""))
                    .isEqualTo("[\"release\"]");
            assertThat(post(jenkins, "author", job, "ImagePromoteStep/fillPolicyItems", ""))
                    .isEqualTo("[\"production\"]");
            assertThat(post(jenkins, "author", job, "ImagePromoteStep/checkTo", "value=169.254.169.254/x:1"))
                    .contains("does not connect to");
            assertThat(post(jenkins, "author", job, "ImagePromoteStep/checkTo", "value=" + setup.host() + "/x:1"))
                    .doesNotContain("error");
            assertThat(post(jenkins, "author", job, "ImageSignStep/checkKey", "value=other"))
                    .contains("not offered the key &#039;other&#039;");
            assertThat(post(
                            jenkins,
                            "author",
                            job,
                            "ImageAttestStep/checkPredicateType",
                            "value=https://slsa.dev/provenance/v1"))
                    .contains("is reserved for");

            assertThat(post(jenkins, "reader", job, "ImageSignStep/fillKeyItems", ""))
                    .isEqualTo("[]");
            assertThat(post(jenkins, "reader", job, "ImagePromoteStep/fillPolicyItems", ""))
                    .isEqualTo("[]");
            assertThat(post(jenkins, "reader", job, "ImagePromoteStep/checkTo", "value=169.254.169.254/x:1"))
                    .doesNotContain("169.254");
            WebClient get = jenkins.createWebClient().login("author").withThrowExceptionOnFailingStatusCode(false);
            assertThat(get.goTo(job.getUrl() + STEP.substring(1) + "ImageSignStep/fillKeyItems", null)
                            .getWebResponse()
                            .getStatusCode())
                    .isEqualTo(404);
        }
    }

    private static HtmlTextArea textArea(HtmlForm form, String name) {
        return form.getTextAreaByName(name);
    }

    private static String post(JenkinsRule jenkins, String user, FreeStyleProject job, String path, String value)
            throws Exception {
        WebClient client = jenkins.createWebClient().login(user);
        String query = value.isEmpty() ? "" : "?" + value;
        WebRequest request = new WebRequest(
                client.createCrumbedUrl(job.getUrl() + STEP.substring(1) + path + query), HttpMethod.POST);
        return client.getPage(request).getWebResponse().getContentAsString().trim();
    }
}
