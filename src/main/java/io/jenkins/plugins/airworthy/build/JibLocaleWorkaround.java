package io.jenkins.plugins.airworthy.build;

import com.google.cloud.tools.jib.blob.Blobs;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Lets Jib be used under locales with digits of their own: while its class for digests is initialised it writes a number into a
 * regular expression, in the digits of the JVM's default locale. That happens once in a JVM, so only for this moment, and only
 * where it matters, the default is another one; whoever formats a number in another thread just then gets ASCII digits.
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

    /** Sees to it that this class, and with it Jib's, is initialised. */
    static void ofJib() {}
}
