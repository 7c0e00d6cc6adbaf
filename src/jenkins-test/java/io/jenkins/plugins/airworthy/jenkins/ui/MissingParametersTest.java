package io.jenkins.plugins.airworthy.jenkins.ui;

import hudson.model.Descriptor;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyGeneration;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.ui.key.KeyPage;
import io.jenkins.plugins.airworthy.jenkins.ui.key.KeysPage;
import io.jenkins.plugins.airworthy.jenkins.ui.policy.PolicyPage;
import io.jenkins.plugins.airworthy.jenkins.ui.policy.PolicyTemplate;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a request lacks, it gets an answer in words, and never a stack of ours. */
@WithJenkins
class MissingParametersTest {
    private static final String OURS = "io.jenkins.plugins.airworthy.";

    /** Addresses of all methods that a request may call, found by what they are and not by a list. */
    private static Map<String, Method> methods() {
        Map<String, Method> found = new TreeMap<>();
        add(found, "manage/airworthy/keys/", KeysPage.class);
        add(found, "manage/airworthy/keys/release/", KeyPage.class);
        add(found, "manage/airworthy/policies/new/", PolicyPage.class);
        add(found, "manage/airworthy/policies/production/", PolicyPage.class);
        for (Descriptor<?> descriptor : Jenkins.get().getExtensionList(Descriptor.class)) {
            if (descriptor.getClass().getName().startsWith(OURS)) {
                add(found, "descriptorByName/" + descriptor.clazz.getName() + "/", descriptor.getClass());
            }
        }
        return found;
    }

    private static void add(Map<String, Method> found, String address, Class<?> page) {
        for (Method method : page.getMethods()) {
            if (method.getName().matches("do[A-Z]\\w*")
                    && method.isAnnotationPresent(POST.class)
                    && method.getDeclaringClass().getName().startsWith(OURS)
                    && !takesAPathOfTheCore(method)) {
                String name = method.getName().substring(2);
                found.put(address + Character.toLowerCase(name.charAt(0)) + name.substring(1), method);
            }
        }
    }

    /** Jenkins' own signature, which it converts before any method of ours is called. */
    private static boolean takesAPathOfTheCore(Method method) {
        return method.getName().equals("doCheckHome");
    }

    @Test
    void everyMethodAnswersARequestThatSendsNothing(JenkinsRule jenkins) throws Exception {
        KeyEntry key = new KeyGeneration(Clock.systemUTC()).generate("release");
        key.setRoles(List.of(KeyRole.IMAGE));
        AirworthyConfiguration.get().changeKeys(List.of(key));
        AirworthyConfiguration.get().setPolicies(List.of(new PolicyEntry("production", PolicyTemplate.EXAMPLE.text())));
        Map<String, Method> methods = methods();
        assertThat(methods).hasSizeGreaterThan(40);
        try (Visitor anybody = new Visitor(jenkins, "")) {
            for (Map.Entry<String, Method> each : methods.entrySet()) {
                var answer = anybody.post(each.getKey()).getWebResponse();
                assertThat(answer.getStatusCode())
                        .as("%s: %s", each.getKey(), answer.getContentAsString())
                        .isIn(200, 400);
                if (answer.getStatusCode() == 400) {
                    assertThat(answer.getContentAsString())
                            .as(each.getKey())
                            .matches("(?s)The parameter '\\w+' is missing.*");
                }
            }
        }
        assertThat(Stream.of("keys/importKey", "keys/generate", "policies/new/tryOut", "policies/new/save"))
                .allMatch(path -> methods.containsKey("manage/airworthy/" + path));
    }

    /** What a page needs, and no form of ours leaves out. */
    @Test
    void whatAChangeNeedsIsAskedForByName(JenkinsRule jenkins) throws Exception {
        try (Visitor anybody = new Visitor(jenkins, "")) {
            for (Method method : KeysPage.class.getMethods()) {
                boolean changes = Arrays.stream(method.getParameterTypes()).anyMatch(StaplerRequest2.class::equals);
                if (changes && method.isAnnotationPresent(POST.class)) {
                    String name = method.getName().substring(2);
                    String first = Arrays.stream(method.getParameters())
                            .filter(parameter -> parameter.isAnnotationPresent(QueryParameter.class))
                            .map(Parameter::getType)
                            .findFirst()
                            .orElseThrow()
                            .getSimpleName();
                    assertThat(first).isEqualTo("String");
                    var answer = anybody.post("manage/airworthy/keys/" + Character.toLowerCase(name.charAt(0))
                                    + name.substring(1))
                            .getWebResponse();
                    assertThat(answer.getStatusCode()).as(name).isEqualTo(400);
                    assertThat(answer.getContentAsString()).contains("'name' is missing");
                }
            }
        }
    }

    @Test
    void aKeyWithoutARoleIsNotMade(JenkinsRule jenkins) throws Exception {
        try (Visitor anybody = new Visitor(jenkins, "")) {
            String form = anybody.get("manage/airworthy/keys/new");
            assertThat(form)
                    .containsPattern(
                            "<input (?=[^>]*name=\"roles\")(?=[^>]*value=\"IMAGE\")(?=[^>]*checked=\"checked\")[^>]*>");
            String refused = anybody.post("manage/airworthy/keys/generate", "name", "idle")
                    .getWebResponse()
                    .getContentAsString();
            assertThat(refused).contains("tick at least one role");
            assertThat(AirworthyConfiguration.get().getKeys()).isEmpty();
            anybody.post("manage/airworthy/keys/generate", "name", "busy", "roles", "IMAGE");
            assertThat(AirworthyConfiguration.get().getKeys()).hasSize(1);
        }
    }
}
