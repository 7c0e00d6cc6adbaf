package io.jenkins.plugins.airworthy.image.manifest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VerifyingInputStreamTest {
    private static final byte[] CONTENT =
            "the very layer that was judged".repeat(1_000).getBytes(UTF_8);
    private static final Descriptor NAMED = Descriptor.of(MediaTypes.OCI_LAYER, CONTENT);

    @Test
    void passesOnTheBytesThatWereNamed() throws IOException {
        try (InputStream in = open(CONTENT)) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void passesOnSingleBytesAndSkipsWithoutLosingTheDigest() throws IOException {
        try (InputStream in = open(CONTENT)) {
            assertThat(in.read()).isEqualTo('t');
            assertThat(in.skip(CONTENT.length)).isEqualTo(CONTENT.length - 1);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void refusesOtherBytesOfTheSameLength() {
        byte[] tampered = CONTENT.clone();
        tampered[CONTENT.length / 2] ^= 1;
        assertThatThrownBy(() -> open(tampered).readAllBytes())
                .isInstanceOf(ContentMismatchException.class)
                .hasMessageContaining(NAMED.digest().toString())
                .hasMessageContaining("has the digest");
    }

    @Test
    void refusesToHandOutTheLastBytesOfTamperedContentToAReaderThatStopsAtTheSize() {
        byte[] tampered = CONTENT.clone();
        tampered[0] ^= 1;
        assertThatThrownBy(() -> open(tampered).readNBytes(CONTENT.length))
                .isInstanceOf(ContentMismatchException.class);
        assertThatThrownBy(() -> open(tampered).skip(CONTENT.length)).isInstanceOf(ContentMismatchException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 29_999})
    void refusesContentThatEndsEarly(int length) {
        assertThatThrownBy(() -> open(Arrays.copyOf(CONTENT, length)).readAllBytes())
                .isInstanceOf(ContentMismatchException.class)
                .hasMessageContaining("ended after " + length + " of 30000 bytes");
    }

    @Test
    void refusesContentThatGoesOnAfterTheRightBytes() {
        assertThatThrownBy(
                        () -> open(Arrays.copyOf(CONTENT, CONTENT.length + 1)).readAllBytes())
                .isInstanceOf(ContentMismatchException.class)
                .hasMessageContaining("longer than the announced 30000 bytes");
    }

    @Test
    void staysRefusedAfterAFailure() throws IOException {
        InputStream in = open(Arrays.copyOf(CONTENT, CONTENT.length + 1));
        assertThatThrownBy(in::readAllBytes).isInstanceOf(ContentMismatchException.class);
        assertThatThrownBy(in::read).isInstanceOf(ContentMismatchException.class);
    }

    @Test
    void checksTheDigestOfEmptyContentToo() throws IOException {
        byte[] empty = {};
        try (InputStream in =
                new VerifyingInputStream(InputStream.nullInputStream(), Descriptor.of("text/plain", empty))) {
            assertThat(in.read()).isEqualTo(-1);
        }
        Descriptor wrong = new Descriptor("text/plain", NAMED.digest(), 0);
        assertThatThrownBy(() -> new VerifyingInputStream(InputStream.nullInputStream(), wrong))
                .isInstanceOf(ContentMismatchException.class);
    }

    private static InputStream open(byte[] bytes) throws IOException {
        return new VerifyingInputStream(new ByteArrayInputStream(bytes), NAMED);
    }
}
