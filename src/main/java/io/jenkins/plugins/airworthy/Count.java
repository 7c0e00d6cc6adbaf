package io.jenkins.plugins.airworthy;

/** A number of things in words, for messages: "1 layer", "2 layers". */
public final class Count {
    private Count() {}

    /** With the plural that English forms with "s". */
    public static String of(long number, String thing) {
        return of(number, thing, thing + "s");
    }

    public static String of(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }
}
