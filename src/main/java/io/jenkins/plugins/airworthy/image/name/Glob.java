package io.jenkins.plugins.airworthy.image.name;

/**
 * A text in which {@code *} stands for any characters but {@code /}, none included. It matches whole texts only, in time
 * that grows with the product of both lengths.
 */
public record Glob(String text) {

    public boolean matches(String candidate) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < candidate.length()) {
            if (in < text.length() && text.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < text.length() && text.charAt(in) == candidate.charAt(at)) {
                in++;
                at++;
            } else if (star >= 0 && candidate.charAt(resume) != '/') {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < text.length() && text.charAt(in) == '*') {
            in++;
        }
        return in == text.length();
    }
}
