package io.jenkins.plugins.airworthy.evidence.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The identifiers of the <a href="https://spdx.org/licenses/">SPDX licence list</a>, deprecated ones too. Case does not matter
 * (SPDX 2.3, Annex D.2). An identifier that is newer than this product is unknown to it.
 */
public final class LicenceList {
    private static final NavigableSet<String> IDS = read();

    private LicenceList() {}

    /** Whether a text is the identifier of a licence. */
    public static boolean has(String id) {
        return IDS.contains(id.toLowerCase(Locale.ROOT));
    }

    /** Whether an identifier begins with this text. */
    public static boolean hasPrefix(String prefix) {
        String lower = prefix.toLowerCase(Locale.ROOT);
        String next = IDS.ceiling(lower);
        return next != null && next.startsWith(lower);
    }

    private static NavigableSet<String> read() {
        try (InputStream in = LicenceList.class.getResourceAsStream("licences.txt")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new TreeSet<>(all.toLowerCase(Locale.ROOT).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("the list of licences is part of the program", e);
        }
    }
}
