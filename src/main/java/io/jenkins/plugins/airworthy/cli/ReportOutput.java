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
import java.util.List;
import java.util.Optional;

/**
 * The file that gets a report in the place of standard output. It is opened before the work begins, so that work is not lost for a
 * file that cannot be written, and an older report is removed then: a reader finds the report of this run, as a whole, or no file.
 */
final class ReportOutput implements AutoCloseable {
    static final String OPTION = "--output";

    private final Path path;
    private final IncomingFile incoming;

    private ReportOutput(Path path, IncomingFile incoming) {
        this.path = path;
        this.incoming = incoming;
    }

    static ReportOutput open(String name) throws AirworthyException, InterruptedException {
        Path path = InputFile.of(OPTION, name).path().toAbsolutePath();
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InvalidInputException(OPTION + ": there is no folder for " + path);
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidInputException(OPTION + ": " + path + " is not a file that can be replaced");
        }
        try {
            IncomingFile incoming = new IncomingFile(folder);
            Files.deleteIfExists(path);
            return new ReportOutput(path, incoming);
        } catch (IOException e) {
            throw IoFailures.undecided(OPTION + ": " + path + " cannot be written", e);
        }
    }

    /** The file that these arguments name, even if the arguments as a whole could not be parsed. */
    static Optional<String> asked(List<String> arguments) {
        Optional<String> asked = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(OPTION + "=")) {
                asked = Optional.of(argument.substring(OPTION.length() + 1));
            } else if ((argument.equals(OPTION) || argument.equals("-o")) && i + 1 < arguments.size()) {
                asked = Optional.of(arguments.get(i + 1));
            }
        }
        return asked;
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
