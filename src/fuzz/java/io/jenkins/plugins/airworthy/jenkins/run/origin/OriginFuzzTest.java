package io.jenkins.plugins.airworthy.jenkins.run.origin;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** What a job says of its sources. */
public final class OriginFuzzTest {
    private static final String RENAMED = "+refs/heads/mine:refs/remotes/origin/main";

    @TestFactory
    Stream<DynamicTest> everySourceIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.ofText("git-settings", OriginFuzzTest::readGit)
                        .seeds(
                                "origin\n+refs/heads/*:refs/remotes/origin/*\nhttps://git.example.com/acme/app.git\n*/main",
                                "\n+refs/heads/main:refs/remotes/origin/main +refs/tags/*:refs/tags/*\n/srv/git/app\nmain")
                        .others("\n" + RENAMED + "\nhttps://git.example.com/acme/app.git\nmain")
                        .words(
                                RENAMED,
                                "+refs/pull/*:refs/remotes/origin/*",
                                "origin",
                                "refs/heads/",
                                ":",
                                "*",
                                "${X}"),
                Target.ofText("source-url", OriginFuzzTest::readUrl)
                        .names("")
                        .seeds(
                                "https://user:pw@git.example.com:8443/acme/app.git",
                                "git@git.example.com:acme/app.git",
                                "ssh://git@git.example.com/acme/app",
                                "file:///srv/git/app",
                                "/srv/git/app")
                        .words("://", "@", ":", "/", "..", ".git", "?", "#", "%2f", "${X}", "file:", "ssh://"));
    }

    /** Its lines are what a job says of the remote's name, refspec and URL, and of the branch. */
    private static void readGit(String text) throws InvalidInputException {
        String[] lines = (text + "\n\n\n\n").split("\n", -1);
        try {
            GitSettings read =
                    GitSettings.of(List.of(new GitSettings.Remote(lines[0], lines[1], lines[2])), List.of(lines[3]));
            hold(plain(read.repository()), "a repository with a password: " + read.repository());
            for (String refspec : lines[1].split("\\s+", -1)) {
                hold(keepsNames(refspec, read.remote()), "a branch has another name by " + refspec);
            }
            read.ref(Optional.of("origin/main"));
            hold(!read.isSteady() || read.branches().get(0).indexOf('$') < 0, "a variable is steady");
        } catch (GitSettings.NotPlainException e) {
            throw new InvalidInputException(Target.SOURCE + ": " + e.getMessage(), e);
        }
    }

    private static boolean keepsNames(String refspec, String remote) {
        String[] sides = refspec.substring(refspec.startsWith("+") ? 1 : 0).split(":", -1);
        String kept = sides[0].replaceFirst("^refs/heads/", "refs/remotes/" + remote + "/");
        return refspec.isEmpty() || (sides.length == 2 && sides[1].equals(kept));
    }

    private static void readUrl(String text) {
        SourceUrl.of(text).ifPresent(url -> {
            hold(plain(url), "a password may be in " + url);
            hold(
                    SourceUrl.of(url).equals(Optional.of(url)) || url.endsWith(".git"),
                    "another repository when it is read again: " + url);
        });
    }

    private static boolean plain(String url) {
        String authority = URI.create(url).getRawAuthority();
        return (authority == null || authority.indexOf('@') < 0)
                && url.indexOf('?') < 0
                && url.indexOf('#') < 0
                && !url.contains("/../");
    }
}
