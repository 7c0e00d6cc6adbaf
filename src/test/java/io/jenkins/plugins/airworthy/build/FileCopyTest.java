package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileCopyTest {
    @Test
    void readsFromAndTo() throws InvalidInputException {
        assertThat(FileCopy.parse("target/app.jar:/app/app.jar"))
                .isEqualTo(new FileCopy(Path.of("target/app.jar"), new ImagePath("/app/app.jar")));
        assertThat(FileCopy.parse("target/app.jar:/app/").intoFolder()).isTrue();
        assertThat(FileCopy.parse("rootfs:/").to()).isEqualTo(ImagePath.ROOT);
    }

    @Test
    void readsModeAndOwnerInAnyOrder() throws InvalidInputException {
        FileCopy copy = new FileCopy(Path.of("run"), new ImagePath("/run.sh"), false, 0755, new Owner(1000, 100));
        assertThat(FileCopy.parse("run:/run.sh,mode=0755,owner=1000:100")).isEqualTo(copy);
        assertThat(FileCopy.parse("run:/run.sh,owner=1000:100,mode=755")).isEqualTo(copy);
    }

    @Test
    void readsSourcesWithColonsAndTargetsWithCommas() throws InvalidInputException {
        assertThat(FileCopy.parse("a:b:/c").from()).isEqualTo(Path.of("a:b"));
        assertThat(FileCopy.parse("x:/a,b").to()).isEqualTo(new ImagePath("/a,b"));
        assertThat(FileCopy.parse("--from:/x").from()).isEqualTo(Path.of("--from"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "app.jar", ":/app", "app.jar:", "app.jar:relative", "app.jar:./x"})
    void refusesTextThatDoesNotSayWhatGoesWhere(String text) {
        assertThatThrownBy(() -> FileCopy.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("expected FROM:TO");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x:/../etc/passwd",
                "x:/app/../../etc",
                "x:/app/./a",
                "x:/app//a",
                "x:/app\nforged line",
                "x:/a\u0000b",
                "x:/.wh.bin",
                "x:/a\u202eb"
            })
    void refusesTargetsThatAreNotPlainAbsolutePaths(String text) {
        assertThatThrownBy(() -> FileCopy.parse(text)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x:/a,mode=4755",
                "x:/a,mode=02755",
                "x:/a,mode=9",
                "x:/a,mode=",
                "x:/a,owner=root:root",
                "x:/a,owner=1000",
                "x:/a,owner=4294967295:0",
                "x:/a,owner=-1:0"
            })
    void refusesModesAndOwnersThatNoApplicationNeeds(String text) {
        assertThatThrownBy(() -> FileCopy.parse(text)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @CsvSource({"644,755", "600,700", "400,500", "755,755", "444,555", "000,000"})
    void letsFoldersBeEnteredByThoseWhoMayReadThem(String file, String folder) throws InvalidInputException {
        assertThat(Integer.toOctalString(
                        01000 | FileCopy.parse("x:/x,mode=" + file).folderMode()))
                .isEqualTo("1" + folder);
    }
}
