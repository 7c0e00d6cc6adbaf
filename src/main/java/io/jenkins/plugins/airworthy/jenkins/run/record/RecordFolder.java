package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The files of one run's record. A file is complete or absent; a file that is larger than expected is not read. Only the
 * controller's own log names its path.
 *
 * @param root the current path of the folder: it moves with a job that is renamed or moved
 */
record RecordFolder(Supplier<Path> root) {
    private static final Logger LOGGER = Logger.getLogger(RecordFolder.class.getName());

    Optional<byte[]> read(String name, int maxBytes) throws AirworthyException {
        Path file = root.get().resolve(name);
        try (InputStream in = Files.newInputStream(file)) {
            Optional<byte[]> content = BoundedRead.whole(in, maxBytes);
            if (content.isEmpty()) {
                throw new InvalidInputException(name + " of this run: larger than the allowed " + maxBytes + " bytes");
            }
            return content;
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, "{0} is not there", file);
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", name, file, e);
        }
    }

    /** Writes a file and returns once it is on the disk under its name. An interrupted thread still finishes the write. */
    void write(String name, byte[] content) throws UndecidedException {
        Path file = root.get().resolve(name);
        Path folder = file.getParent();
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, ".airworthy-", ".new");
            try {
                try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
                    out.write(content);
                    out.getFD().sync();
                }
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw failed("written", name, file, e);
        }
    }

    /** The total size of the files in a folder, in bytes. */
    long size(String name) throws UndecidedException {
        Path folder = root.get().resolve(name);
        long size = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                size += Files.size(file);
            }
        } catch (NoSuchFileException e) {
            return size;
        } catch (IOException e) {
            throw failed("read", name, folder, e);
        }
        return size;
    }

    private static UndecidedException failed(String what, String name, Path file, IOException e) {
        LOGGER.log(Level.WARNING, e, () -> file + " could not be " + what);
        return new UndecidedException(
                name + " of this run could not be " + what
                        + "; an administrator finds the reason in the controller's log",
                e);
    }
}
