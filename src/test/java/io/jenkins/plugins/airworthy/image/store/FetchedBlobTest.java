package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FetchedBlobTest {
    @TempDir
    Path folder;

    private final AtomicInteger open = new AtomicInteger();
    private ImageStore layout;
    private ImageStore far;

    @BeforeEach
    void open() throws Exception {
        layout = LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve("near/app")));
        far = new PassingStore(layout) {
            @Override
            public InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException {
                open.incrementAndGet();
                return new FilterInputStream(super.openBlob(blob)) {
                    @Override
                    public int available() {
                        return 0; // as of a registry
                    }

                    @Override
                    public void close() throws IOException {
                        open.decrementAndGet();
                        super.close();
                    }
                };
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, FetchedBlob.HELD_BYTES, FetchedBlob.HELD_BYTES + 1, 3_000_000})
    void readsTheBlobOfTheStore(int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Descriptor blob = Samples.blob(layout, "application/octet-stream", bytes);
        for (ImageStore store : new ImageStore[] {layout, far}) {
            try (FetchedBlob fetched = FetchedBlob.of(store, blob)) {
                assertThat(fetched.bytes()).isEqualTo(bytes);
            }
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void aDamagedOrMissingBlobIsUndecidedAndLeavesNothingOpen() throws Exception {
        byte[] bytes = new byte[300_000];
        Descriptor blob = Samples.blob(layout, "application/octet-stream", bytes);
        Path file =
                folder.resolve("near/app/blobs/sha256").resolve(blob.digest().hex());
        bytes[bytes.length - 1] = 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> FetchedBlob.of(far, blob))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("could not read blob " + blob.digest());
        Files.delete(file);
        assertThatThrownBy(() -> FetchedBlob.of(far, blob)).isInstanceOf(UndecidedException.class);
        assertThat(open.get()).isLessThanOrEqualTo(1); // the store itself failed to open the second
    }
}
