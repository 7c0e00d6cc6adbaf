package io.jenkins.plugins.airworthy.attacks;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Slave;
import hudson.model.TaskListener;
import hudson.model.labels.LabelAtom;
import hudson.util.Secret;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.TrivyOptions;
import io.jenkins.plugins.airworthy.jenkins.config.TrivyTool;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Row 12: a builder asks for the token of the scanner's server, to put clean findings into what that remembers. */
@WithJenkins
class ServerTokenTest {
    @Test
    void givesServerTokenToTrustedAgentsOnly(JenkinsRule jenkins) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.SYSTEM, "trivy-token", "", Secret.fromString("t0ken-of-the-server")));
        Jenkins.get()
                .getDescriptorByType(TrivyTool.DescriptorImpl.class)
                .setInstallations(new TrivyTool("trivy", "/opt/trivy", List.of()));
        TrivyOptions options = new TrivyOptions();
        options.setServer("https://trivy.example.com");
        options.setTokenCredentialsId("trivy-token");
        Slave builder = jenkins.createOnlineSlave(new LabelAtom("scanner"));
        Slave scanner = jenkins.createOnlineSlave();
        AirworthyConfiguration.get().setTrustedAgents(List.of(scanner.getNodeName(), "scanner"));

        assertThatThrownBy(() -> options.onNode(builder, TaskListener.NULL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the token of the Trivy server goes to trusted agents only, and "
                        + builder.getDisplayName() + " is not one")
                .hasMessageNotContaining("t0ken");
        assertThatThrownBy(() -> options.onNode(Jenkins.get(), TaskListener.NULL))
                .hasMessageContaining("goes to trusted agents only");
        assertThat(options.onNode(scanner, TaskListener.NULL).token()).isEqualTo("t0ken-of-the-server");

        options.setTokenCredentialsId("");
        assertThat(options.onNode(builder, TaskListener.NULL).token()).isEmpty();
    }
}
