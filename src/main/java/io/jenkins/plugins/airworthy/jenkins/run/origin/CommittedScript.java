package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.scm.SCM;
import jenkins.scm.api.SCMFileSystem;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Compares the script that a pipeline runs with the one in the revision that the controller checked out to read it. The folder of
 * that checkout is used again, and may still hold a script that a checkout with other settings left there.
 */
final class CommittedScript {
    private static final Logger LOGGER = Logger.getLogger(CommittedScript.class.getName());

    private CommittedScript() {}

    /**
     * Reads the script again and compares it.
     *
     * @param path as the job is configured, with variables of the run
     * @return why the revision cannot be named as the script's source; empty if the script is in it
     */
    static Optional<String> doubt(Run<?, ?> run, SCM scm, String path, SourceRevision revision, String script)
            throws InterruptedException {
        String branch = revision.ref().replaceFirst("refs/(heads|tags)/", "");
        try (SCMFileSystem files = SCMFileSystem.of(
                run.getParent(),
                scm,
                GitPlugin.revision(branch, revision.commit().orElseThrow()),
                run)) {
            if (files == null) {
                return Optional.of("the script could not be read again in the revision that was checked out,"
                        + " since its branch is written in a way that git's lightweight reading does not support:"
                        + " write */NAME or refs/heads/NAME");
            }
            String expanded = run.getEnvironment(TaskListener.NULL).expand(path);
            // In the charset in which it was read from the folder.
            String committed = new String(files.child(expanded).contentAsBytes(), Charset.defaultCharset());
            return sameLines(committed, script) ? Optional.empty() : Optional.of(leftBehind());
        } catch (FileNotFoundException e) {
            return Optional.of(leftBehind());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The script of " + run + " could not be read again");
            return Optional.of("the script could not be read again in the revision that was checked out;"
                    + " an administrator finds the reason in the controller's log");
        }
    }

    private static String leftBehind() {
        return "the script that ran is not the one in the revision that was checked out:"
                + " an earlier checkout left it in the controller's folder";
    }

    /** Git may write other line ends into the folder than the revision has. */
    static boolean sameLines(String one, String other) {
        return one.replace("\r\n", "\n").equals(other.replace("\r\n", "\n"));
    }
}
