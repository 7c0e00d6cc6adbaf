package io.jenkins.plugins.airworthy.build;

import com.google.cloud.tools.jib.blob.Blobs;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Makes Jib work in locales with their own digits. When Jib initialises its class for digests, it writes a number into a
 * regular expression with the digits of the JVM's default locale. This class changes the default locale for that moment, once
 * in a JVM and only in such locales. Another thread that formats a number at that moment gets ASCII digits.
 */
final class JibLocaleWorkaround {
    static {
        Locale theirs = Locale.getDefault(Locale.Category.FORMAT);
        boolean foreign = !String.format(theirs, "%d", 64).equals("64");
        if (foreign) {
            Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        }
        try {
            Blobs.from("").writeTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        } finally {
            if (foreign) {
                Locale.setDefault(Locale.Category.FORMAT, theirs);
            }
        }
    }

    private JibLocaleWorkaround() {}

    /** Initialises this class, and with it Jib's. */
    static void ofJib() {}
}
