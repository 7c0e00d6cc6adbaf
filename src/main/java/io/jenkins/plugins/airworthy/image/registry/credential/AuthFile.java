package io.jenkins.plugins.airworthy.image.registry.credential;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.OwnFile;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.layout.FolderLock;
import io.jenkins.plugins.airworthy.image.layout.IncomingFile;
import io.jenkins.plugins.airworthy.image.store.IoFailures;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file in the form of Docker's {@code config.json}, which is changed as a whole: a reader sees the old file or the new one, writers
 * of this program wait for each other, and what is not understood is kept. Refuses to change a file that is not such JSON, and to
 * follow a link that others may exchange.
 */
record AuthFile(Path path) {
    /** Maximum size of the file, in bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final Set<String> MEMBERS = Set.of("auths", "credHelpers", "credsStore");
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    /** Changes the document of a file. */
    @FunctionalInterface
    interface Change {
        /** Returns whether anything was changed. */
        boolean apply(JsonObject document) throws AirworthyException;
    }

    /** The document; empty if there is no file. */
    Optional<JsonObject> read() throws AirworthyException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] json = BoundedRead.whole(in, MAX_BYTES)
                    .orElseThrow(() ->
                            new InvalidInputException(path + ": larger than the allowed " + MAX_BYTES + " bytes"));
            JsonObject document = StrictJson.parseObject(json, path.toString(), MAX_BYTES);
            document.refuseLookalikes(MEMBERS);
            return Optional.of(document);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UndecidedException(
                    "could not read the registry credentials in " + path + "; check its permissions", e);
        }
    }

    /** Applies a change to the newest content, alone among the writers of this program. */
    void change(Change change) throws AirworthyException, InterruptedException {
        try {
            Path real = real();
            createFolder(real.getParent());
            FolderLock lock = FolderLock.take(
                    real.resolveSibling("." + real.getFileName() + ".lock"), ofThisUserAlone(real, "rw-------"));
            try {
                JsonObject document = new AuthFile(real)
                        .read()
                        .orElseGet(() -> new JsonObject(path.toString(), "", StrictJson.object()));
                if (change.apply(document)) {
                    write(real, document.node());
                }
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw IoFailures.undecided(
                    Files.exists(path)
                            ? path + " could not be changed, and is as it was"
                            : path + " could not be made (use --docker-config or DOCKER_CONFIG to name another folder)",
                    e);
        }
    }

    private static void write(Path real, ObjectNode document) throws IOException {
        byte[] json = (StrictJson.pretty(document) + "\n").getBytes(StandardCharsets.UTF_8);
        try (IncomingFile incoming = IncomingFile.secret(real.getParent())) {
            incoming.write(json, json.length);
            incoming.moveTo(real);
        }
    }

    /** Returns the file without links. A link is followed only if nobody else can exchange it or what it leads to. */
    private Path real() throws IOException, InvalidInputException {
        Path absolute = path.toAbsolutePath();
        if (!Files.isSymbolicLink(absolute)) {
            return absolute;
        }
        try {
            Path real = absolute.toRealPath();
            if (OwnFile.is(real) && OwnFile.is(absolute.getParent().toRealPath())) {
                return real;
            }
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(path + " is a link to a file that does not exist; remove the link", e);
        }
        throw new InvalidInputException(path + " is a link, and others than you and root may write to its folder or to"
                + " what it leads to; take that from them with chmod go-w, or name another folder");
    }

    /** Others may make the same folder at the same time. */
    private static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder.toAbsolutePath().getParent());
        try {
            Files.createDirectory(folder, ofThisUserAlone(folder, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static FileAttribute<?>[] ofThisUserAlone(Path path, String mode) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    /** Says who else could read or exchange the file, if others can. */
    Optional<String> exposure() throws UndecidedException {
        if (!isPosix(path)) {
            return Optional.empty();
        }
        try {
            if (Files.notExists(path)) {
                return OwnFile.wouldBeIn(existing(path).toRealPath()) ? Optional.empty() : Optional.of(exchangeable());
            }
            Path real = path.toRealPath();
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(real, LinkOption.NOFOLLOW_LINKS);
            if (mode.stream().anyMatch(OTHERS::contains)) {
                return Optional.of("others could read or write " + path + " until now ("
                        + PosixFilePermissions.toString(mode) + "): what was in it may be known to them");
            }
            return OwnFile.is(real) ? Optional.empty() : Optional.of(exchangeable());
        } catch (IOException e) {
            throw new UndecidedException("the permissions of " + path + " could not be read", e);
        }
    }

    private String exchangeable() {
        return "others than you and root may write to a folder of " + path
                + " and can exchange the file; take that from them with chmod go-w";
    }

    /** The nearest folder that is there already. */
    private static Path existing(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        while (folder.getParent() != null && Files.notExists(folder)) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
