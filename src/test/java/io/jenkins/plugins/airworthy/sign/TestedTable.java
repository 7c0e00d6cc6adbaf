package io.jenkins.plugins.airworthy.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A table in docs/formats.md that a test fills with what it saw, and that says nothing else. */
enum TestedTable {
    KEYS("What held in CosignMatrixIT, by key"),
    COMMANDS("What held in CosignMatrixIT, by command");

    private static final Path DOCUMENT = Path.of("docs/formats.md");
    private static final String END = "<!-- end -->\n";

    private final String begin;

    TestedTable(String name) {
        this.begin = "<!-- " + name + " -->\n\n";
    }

    /** Compares, or writes where {@code -Dairworthy.docs=write} asks for it. */
    void check(List<List<String>> rows) throws IOException {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add("| " + String.join(" | ", row) + " |");
        }
        lines.add(1, "|" + String.join("|", Collections.nCopies(rows.get(0).size(), "---")) + "|");
        String table = String.join("\n", lines) + "\n\n";
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(begin) + begin.length();
        assertThat(document).contains(begin);
        int to = document.indexOf(END, from);
        assertThat(to).as("the end of the table " + this).isPositive();
        if (System.getProperty("airworthy.docs", "").equals("write")) {
            Files.writeString(DOCUMENT, document.substring(0, from) + table + document.substring(to));
        } else {
            assertThat(document.substring(from, to)).isEqualTo(table);
        }
    }
}
