package io.jenkins.plugins.airworthy.jenkins;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.Result;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The plugin in a Jenkins. */
@WithJenkins
class PluginTest {
    private static final Logger ROOT = Logger.getLogger("");
    private static final List<String> WARNINGS = new CopyOnWriteArrayList<>();
    private static final Handler LISTENER = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
                WARNINGS.add(new SimpleFormatter().format(logged));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Before the first Jenkins starts. */
    @BeforeAll
    static void listen() {
        ROOT.addHandler(LISTENER);
    }

    @AfterAll
    static void listenNoMore() {
        ROOT.removeHandler(LISTENER);
    }

    @Test
    void isActive(JenkinsRule jenkins) {
        assertThat(jenkins.getPluginManager().getPlugin("airworthy").isActive()).isTrue();
        assertThat(jenkins.getPluginManager().getFailedPlugins()).isEmpty();
    }

    @Test
    void everyExtensionIsThere(JenkinsRule jenkins) throws IOException {
        Set<String> present = ExtensionList.lookup(Object.class).stream()
                .map(extension -> extension.getClass().getName())
                .collect(Collectors.toSet());
        List<String> ours = ours(jenkins);
        assertThat(ours).hasSizeGreaterThan(10);
        assertThat(present).containsAll(ours);
    }

    /** After all extensions were asked for: most are made late. */
    @Test
    void aStartWarnsOfNoClassOfOurs(JenkinsRule jenkins) throws IOException {
        assertThat(ExtensionList.lookup(Object.class)).isNotEmpty();
        assertThat(WARNINGS).noneMatch(warning -> warning.contains("airworthy"));
        ROOT.warning("about io.jenkins.plugins.airworthy");
        assertThat(WARNINGS).anyMatch(warning -> warning.contains("airworthy"));
        WARNINGS.clear();
    }

    @Test
    void everySymbolIsFound(JenkinsRule jenkins) throws Exception {
        ClassLoader loader = jenkins.getPluginManager().uberClassLoader;
        List<String> withSymbol = new ArrayList<>();
        try (BufferedReader index = new BufferedReader(new InputStreamReader(
                PluginTest.class.getResourceAsStream("/META-INF/annotations/org.jenkinsci.Symbol"),
                StandardCharsets.UTF_8))) {
            index.lines().forEach(withSymbol::add);
        }
        assertThat(withSymbol).hasSizeGreaterThan(5);
        for (String name : withSymbol) {
            Class<?> type = loader.loadClass(name);
            Descriptor<?> descriptor =
                    (Descriptor<?>) jenkins.jenkins.getDescriptorByType(type.asSubclass(Descriptor.class));
            assertThat(descriptor).as(name).isNotNull();
            assertThat(SymbolLookup.getSymbolValue(descriptor)).as(name).isNotEmpty();
            for (String symbol : type.getAnnotation(Symbol.class).value()) {
                assertThat((Object) SymbolLookup.get().findDescriptor(descriptor.clazz, symbol))
                        .as(symbol)
                        .isSameAs(descriptor);
            }
        }
    }

    @Test
    void everyStepHasItsFunction(JenkinsRule jenkins) {
        for (String step : List.of(
                "imageBuild",
                "imageTest",
                "imageScan",
                "imageSign",
                "imageAttest",
                "imageVerify",
                "imagePromote",
                "imagePrune")) {
            StepDescriptor descriptor = StepDescriptor.byFunctionName(step);
            assertThat(descriptor).as(step).isNotNull();
            assertThat(descriptor.getClass().getName()).startsWith("io.jenkins.plugins.airworthy.");
        }
    }

    @Test
    void leavesOtherStepsOfAPipelineAlone(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node { echo 'as before' }", true));
        jenkins.assertLogContains("as before", jenkins.buildAndAssertStatus(Result.SUCCESS, job));
    }

    private static List<String> ours(JenkinsRule jenkins) {
        List<String> names = new ArrayList<>();
        for (IndexItem<Extension, Object> item :
                Index.load(Extension.class, Object.class, jenkins.getPluginManager().uberClassLoader)) {
            if (item.className().startsWith("io.jenkins.plugins.airworthy.")) {
                names.add(item.className());
            }
        }
        return names;
    }
}
