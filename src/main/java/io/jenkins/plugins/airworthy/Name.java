package io.jenkins.plugins.airworthy;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a key or a policy may be called, by one rule everywhere: in policies, on pages, as code and on the command line. It stands in
 * documents, in addresses and in file names. Refuses the addresses of Jenkins' own pages, where a key or a policy of that name would
 * have none.
 */
public final class Name {
    /** How many characters a name may have. */
    public static final int MAX_LENGTH = 64;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (MAX_LENGTH - 1) + "}");

    /** Addresses and views below the lists of keys and policies. */
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
     * The same text, if it is such a name.
     *
     * @param what it is to be the name of: "a key", "a policy"
     */
    public static String require(String text, String what) throws InvalidInputException {
        if (!NAME.matcher(text).matches()) {
            throw new InvalidInputException("'" + text + "' is no name for " + what
                    + ": letters, digits, '.', '_' and '-', not one of these first, at most " + MAX_LENGTH);
        }
        if (RESERVED.contains(text)) {
            throw new InvalidInputException("'" + text + "' is no name for " + what
                    + ": it is the address of a page of Jenkins; choose another name");
        }
        return text;
    }

    /** Whether it is kept for a page. */
    public static boolean isReserved(String text) {
        return RESERVED.contains(text);
    }
}
