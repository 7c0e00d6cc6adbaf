package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a file that an option names. Refuses to overwrite one. */
final class OutputFile {
    private OutputFile() {}

    static void create(String option, String name, byte[] content) throws AirworthyException {
        Path path = InputFile.of(option, name).path();
        try {
            Files.write(path, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(option + ": " + path + " exists already and is not overwritten", e);
        } catch (IOException e) {
            throw new UndecidedException(option + ": " + path + " could not be written", e);
        }
    }

    /** Makes a folder for files, unless it is there. */
    static void createFolder(String option, Path path) throws AirworthyException {
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(option + ": " + path + " is a file, not a folder", e);
        } catch (IOException e) {
            throw new UndecidedException(option + ": the folder " + path + " could not be made", e);
        }
    }
}
