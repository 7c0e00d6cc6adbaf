package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The owner of a file in an image, by number. Names are refused: their numbers depend on the base image, and the
 * layer must be the same on every base.
 */
public record Owner(long user, long group) {
    public static final Owner ROOT = new Owner(0, 0);

    /** The largest user or group number of Linux; the next one means "none". */
    public static final long MAX_ID = 0xFFFF_FFFEL;

    private static final Pattern FORM = Pattern.compile("([0-9]{1,10}):([0-9]{1,10})");

    public Owner {
        if (user < 0 || user > MAX_ID || group < 0 || group > MAX_ID) {
            throw new IllegalArgumentException("not a user or group number");
        }
    }

    /** Reads {@code uid:gid}. */
    public static Owner parse(String text) throws InvalidInputException {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()
                || Long.parseLong(matcher.group(1)) > MAX_ID
                || Long.parseLong(matcher.group(2)) > MAX_ID) {
            throw new InvalidInputException("'" + text + "' is not an owner: expected two numbers such as 1000:1000");
        }
        return new Owner(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
        return user + ":" + group;
    }
}
