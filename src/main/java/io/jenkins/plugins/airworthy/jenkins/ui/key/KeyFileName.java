package io.jenkins.plugins.airworthy.jenkins.ui.key;

import java.util.regex.Pattern;

/** The file name of a downloaded public key; a hostile key name cannot break the response header that contains it. */
final class KeyFileName {
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");

    private KeyFileName() {}

    static String of(String key) {
        return UNSAFE.matcher(key).replaceAll("_") + ".pub";
    }
}
