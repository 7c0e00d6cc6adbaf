package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.testing.files.ImageFile;
import io.jenkins.plugins.airworthy.testing.files.Lookup;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that copyright files name no licence that container-structure-test refuses, and, with {@code debian}, that every
 * package has such a file. The refused words are those of that tool.
 */
record LicenceTest(int number, boolean debian, List<String> files) implements StructureTest {
    private static final String DEBIAN_ROOT = "/usr/share/doc";
    private static final Set<String> PASSED_OVER = Set.of("libgnutls30");
    private static final List<String> REFUSED = List.of("AGPL", "WTFPL");

    LicenceTest {
        files = List.copyOf(files);
    }

    static LicenceTest read(YamlValue test, int number) throws InvalidInputException {
        test.mapOf(Set.of("debian", "files"));
        Optional<YamlValue> debian = test.optional("debian");
        Optional<YamlValue> files = test.optional("files");
        LicenceTest read = new LicenceTest(
                number,
                debian.isPresent() && debian.get().truth(),
                files.isEmpty() ? List.of() : files.get().texts());
        if (!read.debian && read.files.isEmpty()) {
            throw test.error("tests nothing: debian is not true and there are no files");
        }
        return read;
    }

    @Override
    public String title() {
        return number == 1 ? "License Test" : "License Test " + number;
    }

    @Override
    public void check(TestedImage image, Findings findings, MatchBudget budget) {
        if (debian) {
            checkPackages(image, findings);
        }
        for (String file : files) {
            checkFile(image, file, findings);
        }
    }

    private void checkPackages(TestedImage image, Findings findings) {
        Lookup root = image.files().follow(DEBIAN_ROOT);
        if (!(root instanceof Lookup.Found found) || !found.file().isDirectory()) {
            findings.fail(DEBIAN_ROOT + " does not exist, or is not a directory");
            return;
        }
        for (Map.Entry<String, ImageFile> entry :
                image.files().list(found.file()).entrySet()) {
            if (entry.getValue().isDirectory() && !PASSED_OVER.contains(entry.getKey())) {
                checkFile(image, DEBIAN_ROOT + "/" + entry.getKey() + "/copyright", findings);
            }
        }
    }

    private static void checkFile(TestedImage image, String path, Findings findings) {
        findings.read(image.files(), path, content -> {
            // The refused words are ASCII in both cases, so any encoding of 8 bits finds them.
            String text = new String(content, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
            for (String word : REFUSED) {
                if (text.contains(word)) {
                    findings.fail(path + " names the licence " + word);
                }
            }
        });
    }
}
