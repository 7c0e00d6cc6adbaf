package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A real git repository in a folder, on branch main. */
record SourceRepository(Path folder) {
    static SourceRepository create(Path folder) throws Exception {
        Files.createDirectories(folder);
        SourceRepository repository = new SourceRepository(folder);
        repository.git("init", "--initial-branch=main");
        return repository;
    }

    /** Changes a file and returns the commit. */
    String commit(String file, String content) throws Exception {
        Files.writeString(folder.resolve(file), content);
        git("add", file);
        git("-c", "user.name=Alice", "-c", "user.email=alice@example.com", "commit", "--message=change");
        return git("rev-parse", "HEAD");
    }

    void checkout(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("checkout"));
        all.addAll(List.of(arguments));
        git(all.toArray(String[]::new));
    }

    void tag(String name) throws Exception {
        git("tag", name);
    }

    String url() {
        return "file://" + folder;
    }

    /** The settings that a person would make; in lists as Jenkins itself makes them. */
    GitSCM scm(String branch, String refspec) {
        return new GitSCM(
                new ArrayList<>(List.of(new UserRemoteConfig(url(), null, refspec, null))),
                new ArrayList<>(List.of(new BranchSpec(branch))),
                null,
                null,
                new ArrayList<>());
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).trim();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(command + ": " + output);
        }
        return output;
    }
}
