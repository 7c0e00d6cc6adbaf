package io.jenkins.plugins.airworthy.jenkins.ui.key;

import java.util.regex.Pattern;

/** What a downloaded public key is called; a name that came from elsewhere cannot end the header that it stands in. */
final class KeyFileName {
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");

    private KeyFileName() {}

    static String of(String key) {
        return UNSAFE.matcher(key).replaceAll("_") + ".pub";
    }
}
