package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.layout.IncomingFile;
import io.jenkins.plugins.airworthy.image.store.IoFailures;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The file that gets a report in the place of standard output. It is opened before the work begins, so that work is not lost for a
 * file that cannot be written. At the end it takes the place of an older file in one step; until then that stays as it was. A file that
 * the run was given for something else is not replaced.
 */
final class ReportOutput implements AutoCloseable {
    static final String OPTION = "--output";

    private final Path path;
    private final IncomingFile incoming;

    private ReportOutput(Path path, IncomingFile incoming) {
        this.path = path;
        this.incoming = incoming;
    }

    static ReportOutput open(String name, OtherArguments others) throws AirworthyException, InterruptedException {
        if (name.equals("-")) {
            throw new InvalidInputException(
                    OPTION + " -: without " + OPTION + " the report goes to standard output; leave it out");
        }
        Path path = InputFile.of(OPTION, name).path().toAbsolutePath();
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    OPTION + ": there is no folder for " + path + ": make the folder or name another file");
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidInputException(OPTION + ": " + path + " is not a file that can be replaced");
        }
        others.refuse(OPTION, path);
        try {
            IncomingFile incoming = new IncomingFile(folder);
            return new ReportOutput(path, incoming);
        } catch (IOException e) {
            throw IoFailures.undecided(OPTION + ": " + path + " cannot be written", e);
        }
    }

    void write(String text) throws AirworthyException, InterruptedException {
        byte[] bytes = (text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
        try {
            incoming.write(bytes, bytes.length);
            incoming.moveTo(path);
        } catch (IOException e) {
            throw IoFailures.undecided(OPTION + ": " + path + " could not be written", e);
        }
    }

    @Override
    public void close() throws UndecidedException {
        try {
            incoming.close();
        } catch (IOException e) {
            throw new UndecidedException(OPTION + ": the unfinished file beside " + path + " could not be removed", e);
        }
    }
}
