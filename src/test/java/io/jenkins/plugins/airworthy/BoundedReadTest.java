package io.jenkins.plugins.airworthy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedReadTest {
    @Test
    void readsTheWholeAllowedSize() throws Exception {
        assertThat(BoundedRead.whole(new ByteArrayInputStream(new byte[] {1, 2, 3}), 3))
                .contains(new byte[] {1, 2, 3});
        assertThat(BoundedRead.whole(InputStream.nullInputStream(), 0)).contains(new byte[0]);
    }

    @Test
    void returnsNothingForOneByteMoreThanAllowed() throws Exception {
        assertThat(BoundedRead.whole(new ByteArrayInputStream(new byte[4]), 3)).isEmpty();
    }

    /** A pipe that a program writes to gives what is there, and later more. */
    @Test
    void aStreamThatComesInPiecesIsReadWhole() throws Exception {
        InputStream pieces =
                new SequenceInputStream(new ByteArrayInputStream(new byte[2]), new ByteArrayInputStream(new byte[1]));
        assertThat(BoundedRead.whole(pieces, 3)).contains(new byte[3]);
    }

    @Test
    void takesNoMoreOfALongStreamThanNeededToRefuseIt() throws Exception {
        ByteArrayInputStream stream = new ByteArrayInputStream(new byte[100]);
        assertThat(BoundedRead.whole(stream, 3)).isEmpty();
        assertThat(stream.available()).isEqualTo(96);
    }
}
