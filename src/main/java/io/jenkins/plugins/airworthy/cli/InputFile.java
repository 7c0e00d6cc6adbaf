package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that an option names. Refuses a file larger than a bound. */
record InputFile(String option, Path path) {

    static InputFile of(String option, String text) throws InvalidInputException {
        try {
            if (!text.isBlank()) {
                return new InputFile(option, Path.of(text));
            }
        } catch (InvalidPathException e) {
            throw new InvalidInputException(option + ": '" + text + "' is not a file name", e);
        }
        throw new InvalidInputException(option + ": no file is named");
    }

    /**
     * Reads the whole content.
     *
     * @param maxBytes more is refused
     */
    byte[] read(int maxBytes) throws InvalidInputException, UndecidedException {
        if (Files.isDirectory(path)) {
            throw new InvalidInputException(option + ": " + path + " is a folder, expected a file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return BoundedRead.whole(in, maxBytes)
                    .orElseThrow(() -> new InvalidInputException(
                            option + ": " + path + " is larger than the allowed " + maxBytes + " bytes"));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(option + ": there is no file " + path, e);
        } catch (IOException e) {
            throw new UndecidedException(option + ": " + path + " could not be read", e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
