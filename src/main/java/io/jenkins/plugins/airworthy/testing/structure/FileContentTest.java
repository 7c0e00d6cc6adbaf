package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;

import java.util.List;
import java.util.Set;

/** Checks what a file contains and does not contain. Reasons quote the pattern, never the file, which may contain a secret. */
record FileContentTest(String name, String path, List<BoundedPattern> expected, List<BoundedPattern> excluded)
        implements StructureTest {

    FileContentTest {
        expected = List.copyOf(expected);
        excluded = List.copyOf(excluded);
    }

    static FileContentTest read(YamlValue test) throws InvalidInputException {
        test.mapOf(Set.of("name", "path", "expectedContents", "excludedContents"));
        FileContentTest read = new FileContentTest(
                StructureTestFile.required(test, "name"),
                StructureTestFile.required(test, "path"),
                BoundedPattern.readAll(StructureTestFile.section(test, "expectedContents")),
                BoundedPattern.readAll(StructureTestFile.section(test, "excludedContents")));
        if (read.expected.isEmpty() && read.excluded.isEmpty()) {
            throw test.error("tests nothing: neither expectedContents nor excludedContents is there");
        }
        return read;
    }

    @Override
    public String title() {
        return "File Content Test: " + name;
    }

    @Override
    public void check(TestedImage image, Findings findings, MatchBudget budget) {
        findings.read(image.files(), path, content -> {
            for (BoundedPattern pattern : expected) {
                if (!pattern.isFoundIn(content, budget)) {
                    findings.fail(path + ": expected '" + pattern + "' was not found");
                }
            }
            for (BoundedPattern pattern : excluded) {
                if (pattern.isFoundIn(content, budget)) {
                    findings.fail(path + ": excluded '" + pattern + "' was found");
                }
            }
        });
    }
}
