package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryEntry;
import io.jenkins.plugins.airworthy.jenkins.config.TrivyOptions;
import io.jenkins.plugins.airworthy.jenkins.config.TrivyTool;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SimpleCommandLauncher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A Jenkins with a real registry for staging, the project's own vulnerability database, and agents that are processes of their own. */
final class Laboratory implements AutoCloseable {
    private final JenkinsRule jenkins;
    private final Path folder;
    private final RegistryServer registry;

    Laboratory(JenkinsRule jenkins, Path folder) throws Exception {
        this.jenkins = jenkins;
        this.folder = folder;
        this.registry = RegistryServer.distribution(Files.createDirectories(folder.resolve("registry")));
        AirworthyConfiguration.get().setRegistries(List.of(new RegistryEntry(registry.host())));
    }

    /** Host and port of the registry. */
    String host() {
        return registry.host();
    }

    /** Lets the real Trivy scan with the small database of the project. */
    void scanWithTrivy() throws Exception {
        Path cache = folder.resolve("cache");
        for (String file :
                List.of("db/trivy.db", "db/metadata.json", "java-db/trivy-java.db", "java-db/metadata.json")) {
            Files.createDirectories(cache.resolve(file).getParent());
            Files.copy(Path.of("src", "demo", "trivy-db").resolve(file), cache.resolve(file));
        }
        scanWith(Tool.require("trivy").executable(), cache);
    }

    /** Lets a program scan that writes its process id into a file and then sleeps; returns that file. */
    Path scanWithSleeper() throws Exception {
        Path pid = folder.resolve("pid");
        Path program = Files.writeString(
                folder.resolve("trivy"),
                "#!/bin/sh\necho $$ > " + pid + ".new\nmv " + pid + ".new " + pid + "\nexec sleep 600\n");
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("no permission");
        }
        scanWith(program, Files.createDirectories(folder.resolve("cache")));
        return pid;
    }

    private static void scanWith(Path program, Path cache) {
        Jenkins.get()
                .getDescriptorByType(TrivyTool.DescriptorImpl.class)
                .setInstallations(new TrivyTool("trivy", program.toString(), List.of()));
        TrivyOptions options = new TrivyOptions();
        options.setCache(cache.toString());
        options.setOffline(true);
        AirworthyConfiguration.get().setTrivy(options);
    }

    void trust(String... agents) {
        AirworthyConfiguration.get().setTrustedAgents(List.of(agents));
    }

    /** A process of its own, connected. */
    DumbSlave agent(String name, String labels, String... javaOptions) throws Exception {
        String jar =
                Path.of(Jenkins.get().getJnlpJars("agent.jar").getURL().toURI()).toString();
        return agentRunning(
                name, labels, "-cp " + jar + " " + String.join(" ", javaOptions) + " hudson.remoting.Launcher");
    }

    /** An agent that runs with classes of its own, as the owner of the machine can arrange. */
    DumbSlave agentWith(Path classes, String name) throws Exception {
        return agentRunning(name, name, "-cp " + classes + ":" + classPath() + " hudson.remoting.Launcher");
    }

    /** Of these tests. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private DumbSlave agentRunning(String name, String labels, String java) throws Exception {
        DumbSlave agent = new DumbSlave(
                name,
                folder.resolve("agents").resolve(name).toString(),
                new SimpleCommandLauncher(System.getProperty("java.home") + "/bin/java -Xmx512m " + java));
        agent.setLabelString(labels);
        agent.setRetentionStrategy(RetentionStrategy.NOOP);
        jenkins.jenkins.addNode(agent);
        jenkins.waitOnline(agent);
        return agent;
    }

    WorkflowRun start(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    WorkflowRun run(Result expected, String script) throws Exception {
        return jenkins.assertBuildStatus(expected, jenkins.waitForCompletion(start(script)));
    }

    /** An archive that names itself as Maven does, of a version with known vulnerabilities. */
    Path vulnerableLibrary() throws IOException {
        Path jar = folder.resolve("log4j-core-2.14.1.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("META-INF/maven/org.apache.logging.log4j/log4j-core/pom.properties"));
            zip.write("groupId=org.apache.logging.log4j\nartifactId=log4j-core\nversion=2.14.1\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    /** Everything that a Jenkinsfile needs to build a small image with that library in it. */
    String buildVulnerable(String tag) throws IOException {
        return """
                sh 'cp %s log4j-core-2.14.1.jar'
                built = imageBuild to: '%s/staging/app:%s', base: 'scratch', files: ['log4j-core-2.14.1.jar:/app/lib/'], user: '1000'
                """.formatted(vulnerableLibrary(), host(), tag);
    }

    @Override
    public void close() {
        registry.close();
    }
}
