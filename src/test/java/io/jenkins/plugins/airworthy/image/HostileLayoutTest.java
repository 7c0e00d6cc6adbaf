package io.jenkins.plugins.airworthy.image;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.layout.LayoutManifests;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.ContentMismatchException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Layout folders that somebody prepared to read, write or wait elsewhere. */
@Timeout(60)
class HostileLayoutTest {
    @TempDir
    private Path temp;

    private Path folder;
    private LayoutStore store;
    private ImageManifest image;

    @BeforeEach
    void makeALayout() throws Exception {
        folder = temp.resolve("layout");
        store = LayoutStore.open(new LayoutReference(folder, Optional.empty(), Optional.empty()));
        image = Samples.image(store, "linux/amd64", "x");
        store.tag("1.0", image);
    }

    @Test
    void refusesABlobThatIsALinkOutOfTheFolder() throws Exception {
        Path blob = file(image.layers().get(0).digest());
        Files.move(blob, temp.resolve("elsewhere"));
        Files.createSymbolicLink(blob, temp.resolve("elsewhere"));
        assertThatThrownBy(() -> store.openBlob(image.layers().get(0)))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("is a link");
        assertThatThrownBy(() -> store.hasBlob(image.layers().get(0).digest())).hasMessageContaining("is a link");
    }

    @Test
    void refusesAnIndexThatIsALinkToAFileOfTheMachine() throws Exception {
        Path secret = Files.writeString(temp.resolve("secret"), "hunter2");
        Files.delete(folder.resolve("index.json"));
        Files.createSymbolicLink(folder.resolve("index.json"), secret);
        assertThatThrownBy(() -> store.resolve("1.0"))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("index.json is a link")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> store.tag("1.0", image)).hasMessageContaining("is a link");
        assertThat(secret).hasContent("hunter2");
    }

    @Test
    void writesNothingThroughAFolderOfBlobsThatIsALink() throws Exception {
        Path elsewhere = temp.resolve("elsewhere");
        Files.move(folder.resolve("blobs"), elsewhere);
        Files.createSymbolicLink(folder.resolve("blobs"), elsewhere);
        assertThatThrownBy(() -> Samples.blob(store, "text/plain", "new".getBytes(UTF_8)))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("blobs is a link");
        assertThat(elsewhere
                        .resolve("sha256")
                        .resolve(Digest.of("new".getBytes(UTF_8)).hex()))
                .doesNotExist();
    }

    @Test
    void refusesALockThatIsALink() throws Exception {
        Files.delete(folder.resolve(".lock"));
        Files.createSymbolicLink(folder.resolve(".lock"), temp.resolve("made elsewhere"));
        assertThatThrownBy(() -> store.tag("2.0", image)).hasMessageContaining(".lock is a link");
        assertThat(temp.resolve("made elsewhere")).doesNotExist();
    }

    @Test
    void doesNotWaitForAPipe() throws Exception {
        Tool mkfifo = Tool.require("mkfifo");
        for (Path file : new Path[] {
            file(image.digest()), folder.resolve("index.json"), folder.resolve("oci-layout"), folder.resolve(".lock")
        }) {
            Path kept = temp.resolve("kept");
            Files.move(file, kept);
            mkfifo.run(temp, Map.of(), file.toString()).succeeded();
            assertThatThrownBy(() -> {
                        store.manifest("1.0");
                        store.tag("1.0", image);
                    })
                    .as(file.toString())
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("not a plain file");
            Files.delete(file);
            Files.move(kept, file);
        }
    }

    @Test
    void refusesAFolderWhereAFileShouldBe() throws Exception {
        Files.delete(file(image.digest()));
        Files.createDirectory(file(image.digest()));
        assertThatThrownBy(() -> store.manifest(image.digest())).hasMessageContaining("not a plain file");
    }

    @Test
    void refusesAGigabyteManifestAndIndexWithoutReadingThem() throws Exception {
        for (Path file : new Path[] {file(image.digest()), folder.resolve("index.json")}) {
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(3L * 1024 * 1024 * 1024);
            }
            assertThatThrownBy(() -> store.manifest("1.0"))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("larger than the allowed " + Manifest.MAX_BYTES);
        }
    }

    @Test
    void refusesALayerLargerOrSmallerThanDeclared() throws Exception {
        Descriptor layer = image.layers().get(0);
        byte[] right = Files.readAllBytes(file(layer.digest()));
        for (int length : new int[] {0, right.length - 1, right.length + 1}) {
            Files.write(file(layer.digest()), Arrays.copyOf(right, length));
            assertThatThrownBy(() -> store.openBlob(layer))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("has " + length + " bytes instead of " + right.length);
        }
    }

    @Test
    void failsWhileReadingALayerOfOtherContent() throws Exception {
        Descriptor layer = image.layers().get(0);
        Files.write(file(layer.digest()), new byte[(int) layer.size()]);
        try (InputStream in = store.openBlob(layer)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(ContentMismatchException.class);
        }
    }

    @Test
    void refusesAManifestOfOtherContent() throws Exception {
        Manifest other = Samples.image(store, "linux/amd64", "y");
        Files.write(file(image.digest()), other.content().bytes());
        assertThatThrownBy(() -> store.manifest("1.0"))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("contains other content");
    }

    @Test
    void refusesATagOfTwoImages() throws Exception {
        Manifest other = Samples.image(store, "linux/amd64", "y");
        store.tag("2.0", other);
        Path index = folder.resolve("index.json");
        Files.writeString(index, Files.readString(index).replace("\"2.0\"", "\"1.0\""));
        assertThatThrownBy(() -> store.resolve("1.0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("points at two images");
    }

    @Test
    void refusesAnIndexWithDuplicateKeysOrOfTheWrongKind() throws Exception {
        for (String wrong : new String[] {
            "",
            "[]",
            "{\"schemaVersion\":2}",
            "{\"schemaVersion\":2,\"manifests\":{}}",
            "{\"schemaVersion\":2,\"manifests\":[],\"manifests\":[]}",
            "{\"schemaVersion\":2,\"manifests\":[],\"layers\":[]}",
            "{\"schemaVersion\":1,\"manifests\":[]}",
            "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"x\",\"digest\":\"sha256:0\",\"size\":1}]}",
        }) {
            Files.writeString(folder.resolve("index.json"), wrong);
            assertThatThrownBy(() -> store.resolve("1.0")).as(wrong).isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void refusesALayoutOfAnotherVersion() throws Exception {
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"2.0.0\"}");
        assertThatThrownBy(() -> store.resolve("1.0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("only 1.0.0 is understood");
    }

    @Test
    void doesNotTurnAFolderWithOtherFilesIntoALayout() throws Exception {
        Path home = Files.createDirectory(temp.resolve("home"));
        Files.writeString(home.resolve("diary.txt"), "dear diary");
        LayoutStore wrong = LayoutStore.open(new LayoutReference(home, Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> Samples.blob(wrong, "text/plain", new byte[1]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not an OCI image layout: it contains 'diary.txt'");
        assertThatThrownBy(() -> wrong.resolve("1.0")).isInstanceOf(InvalidInputException.class);
        assertThat(home).isDirectoryNotContaining(f -> !f.endsWith("diary.txt"));
    }

    @Test
    void refusesAFileInPlaceOfTheFolder() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "x");
        LayoutStore wrong = LayoutStore.open(new LayoutReference(file, Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> wrong.resolve("1.0")).hasMessageContaining("is not a folder");
        assertThatThrownBy(() -> Samples.blob(wrong, "text/plain", new byte[1]))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("is not a folder");
    }

    @Test
    void refusesMoreListedManifestsThanItReads() throws Exception {
        long each = Manifest.MAX_BYTES - 100;
        String filler = " ".repeat((int) each - 1000);
        for (int i = 0; i * each <= LayoutManifests.MAX_LISTED_BYTES; i++) {
            byte[] bytes = Samples.manifest(image.config())
                    .put("filler", i)
                    .toString()
                    .concat(filler)
                    .getBytes(UTF_8);
            Manifest padded = Manifest.parse(MediaTypes.OCI_MANIFEST, bytes);
            store.putManifest(padded);
            store.tag("t" + i, padded);
        }
        assertThatThrownBy(() -> store.referrers(image.digest()))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("more than the allowed " + LayoutManifests.MAX_LISTED_BYTES);
    }

    @Test
    void refusesToWriteAnIndexThatCouldNotBeReadAgain() throws Exception {
        StringBuilder full = new StringBuilder("{\"schemaVersion\":2,\"manifests\":[");
        for (int i = 0; i < Manifest.MAX_CHILDREN; i++) {
            full.append(i == 0 ? "" : ",")
                    .append(Descriptor.of("application/x", ("" + i).getBytes(UTF_8))
                            .toJson());
        }
        Files.writeString(folder.resolve("index.json"), full.append("]}"));
        assertThatThrownBy(() -> store.tag("1.0", image))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("more than the allowed 10000");
        assertThat(folder.resolve("index.json")).hasContent(full.toString());
    }

    private Path file(Digest digest) {
        return folder.resolve("blobs").resolve("sha256").resolve(digest.hex());
    }
}
