package io.jenkins.plugins.airworthy.build;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.image.ReproducibleLayerBuilder;
import com.google.common.collect.ImmutableList;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Writes layers with Jib's reproducible layer builder: entries sorted by path, every time one second after 1970, owners
 * as numbers. Only that class of Jib is used; its caches, threads and registry client are not.
 */
final class LayerWriter {
    /** The time of every file; not zero, which some programs read as "none". */
    private static final Instant FILE_TIME = Instant.ofEpochSecond(1);

    private final Path folder;

    /** @param folder for the layers until they are in the store, and for an empty folder that represents parent folders */
    LayerWriter(Path folder) {
        this.folder = folder;
    }

    /** A layer in a temporary file. */
    record Layer(FileCopy copy, Descriptor descriptor, Digest diffId, Path file) {}

    Layer write(LayerPlan plan, int number, Progress progress) throws AirworthyException, InterruptedException {
        Path file = folder.resolve("layer-" + number);
        LayerFile out = null;
        try (Progress.Task task = progress.begin(plan.copy().title(), plan.bytes())) {
            out = new LayerFile(file, task);
            try (OutputStream tar = out) {
                JibLocaleWorkaround.ofJib();
                new ReproducibleLayerBuilder(entries(plan)).build().writeTo(tar);
            }
        } catch (IOException e) {
            if (Thread.interrupted()) { // noticed by our stream, or by the file's channel, which then closes itself
                throw new InterruptedException("while " + plan.copy().from() + " was packed");
            }
            if (out == null || out.failed()) {
                throw new UndecidedException(
                        "the layer of '" + plan.copy().from() + "' could not be written to " + folder
                                + ": check its free space, or set another folder with -Djava.io.tmpdir=FOLDER",
                        e);
            }
            throw new UndecidedException(
                    "'" + plan.copy().from() + "' could not be read completely: check that"
                            + " nothing changes it meanwhile, and that it may be read",
                    e);
        }
        requireUnchanged(plan);
        return new Layer(plan.copy(), out.descriptor(), out.diffId(), file);
    }

    /** Refuses a file that was replaced or changed while it was read, since the packed content may be a mixture. */
    private static void requireUnchanged(LayerPlan plan) throws AirworthyException, InterruptedException {
        LayerPlan now = SourceFiles.find(plan.copy());
        if (!now.equals(plan)) {
            throw new InvalidInputException(
                    "'" + plan.copy().from() + "' changed while it was packed: build when nothing writes to it");
        }
    }

    private ImmutableList<FileEntry> entries(LayerPlan plan) {
        TreeMap<ImagePath, FileEntry> entries = new TreeMap<>();
        for (LayerPlan.Entry entry : plan.all()) {
            entries.put(
                    entry.path(),
                    entry(
                            entry.source(),
                            entry.path(),
                            entry.mode(),
                            plan.copy().owner()));
            for (ImagePath at = entry.path().parent(); !at.equals(ImagePath.ROOT); at = at.parent()) {
                if (!plan.entries().containsKey(at)) {
                    entries.put(at, entry(folder, at, SharedFolders.modeOf(at), Owner.ROOT));
                }
            }
        }
        return ImmutableList.copyOf(entries.values());
    }

    private static FileEntry entry(Path source, ImagePath path, int mode, Owner owner) {
        return new FileEntry(
                source,
                AbsoluteUnixPath.get(path.text()),
                FilePermissions.fromOctalString(String.format(Locale.ROOT, "%03o", mode)),
                FILE_TIME,
                owner.toString());
    }
}
