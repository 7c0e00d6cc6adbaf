package io.jenkins.plugins.airworthy;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The syntax of the name of a key or a policy, the same in policies, on pages, in configuration as code and on the command line.
 * Names are part of documents, URLs and file names. Names that are URLs of Jenkins' own pages are refused, since the page of such a
 * key or policy could not be reached.
 */
public final class Name {
    /** Maximum length of a name, in characters. */
    public static final int MAX_LENGTH = 64;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (MAX_LENGTH - 1) + "}");

    /** URL segments and views below the lists of keys and policies. */
    private static final Set<String> RESERVED = Set.of(
            "administrator",
            "advice",
            "all",
            "checkFolders",
            "checkHardwareKey",
            "checkImages",
            "checkName",
            "choices",
            "class",
            "credentials",
            "displayName",
            "dynamic",
            "editable",
            "generate",
            "importKey",
            "index",
            "list",
            "manageable",
            "name",
            "new",
            "notices",
            "passwordCredentials",
            "trust",
            "useCredential",
            "useHardware",
            "useIdentity",
            "warnings");

    private Name() {}

    /**
     * Checks a name and returns it.
     *
     * @param what the thing to name, for errors: "a key", "a policy"
     * @throws InvalidInputException if the text is not a valid name, or is reserved
     */
    public static String require(String text, String what) throws InvalidInputException {
        if (!NAME.matcher(text).matches()) {
            throw new InvalidInputException("'" + text + "' is not a valid name for " + what
                    + ": letters, digits, '.', '_' and '-', not one of these first, at most " + MAX_LENGTH);
        }
        if (RESERVED.contains(text)) {
            throw new InvalidInputException("'" + text + "' is not a valid name for " + what
                    + ": it is the address of a page of Jenkins; choose another name");
        }
        return text;
    }

    /** Whether a name is reserved for a page. */
    public static boolean isReserved(String text) {
        return RESERVED.contains(text);
    }
}
