package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever the place of a character in a report, it is read as its encoding says, or refused. */
class ReportEncodingTest {
    /** Longer than what is decoded at a time, and of a length that no character's divides. */
    private static final String LONG = "x".repeat(8_191) + "\u6f22\ud83d\ude00\u00e4".repeat(8_191);

    private static byte[] report(String encoding, String text) {
        return ("<?xml version='1.0' encoding='" + encoding + "'?><testsuite name='" + text + "'/>")
                .getBytes(Charset.forName(encoding));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030"})
    void charactersAcrossThePiecesAreRead(String encoding) throws Exception {
        for (int shift = 0; shift < 5; shift++) {
            byte[] report = report(encoding, "x".repeat(shift) + LONG);
            assertThat(ReportEncoding.require(report, "r.xml")).isEqualTo(Charset.forName(encoding));
        }
    }

    @Test
    void utf16IsReadByItsMark() throws Exception {
        byte[] report = ("\ufeff" + LONG).getBytes(StandardCharsets.UTF_16BE);
        assertThat(ReportEncoding.require(report, "r.xml")).isEqualTo(StandardCharsets.UTF_16);
    }

    @Test
    void anEncodingThatSwitchesByAnEscapeIsReadAcrossThePieces() throws Exception {
        byte[] report = report("ISO-2022-JP", "\u6f22".repeat(20_000));
        assertThat(ReportEncoding.require(report, "r.xml")).isEqualTo(Charset.forName("ISO-2022-JP"));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 8_191, 8_192, 8_193, 30_000})
    void refusesInvalidUtf8Anywhere(int place) {
        byte[] report = report("UTF-8", LONG);
        report[place] = (byte) 0xff;
        refused(report, "UTF-8");
    }

    @Test
    void halfACharacterAtTheEndIsRefused() {
        byte[] half = Arrays.copyOf(("x".repeat(20_000) + "\u6f22").getBytes(StandardCharsets.UTF_8), 20_002);
        refused(half, "UTF-8");
        refused(Arrays.copyOf("\ufeff<x/>".getBytes(StandardCharsets.UTF_16BE), 9), "UTF-16");
    }

    @Test
    void anUnknownEncodingIsNamed() {
        assertThatThrownBy(() ->
                        ReportEncoding.require("<?xml encoding='x-none'?>".getBytes(StandardCharsets.UTF_8), "r.xml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("r.xml: names the encoding 'x-none', which is not known here");
    }

    private static void refused(byte[] report, String encoding) {
        assertThatThrownBy(() -> ReportEncoding.require(report, "r.xml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("r.xml: is not valid " + encoding);
    }
}
