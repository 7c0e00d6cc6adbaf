package io.jenkins.plugins.airworthy.jenkins.ui.element;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A name as a part of an address, with any characters escaped. */
public final class UrlSegment {
    private UrlSegment() {}

    public static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
