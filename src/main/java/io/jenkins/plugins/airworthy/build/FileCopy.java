package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file or folder to put into an image; each copy becomes one layer. A folder's content goes below {@code to}, a file
 * becomes {@code to}, or goes into it under its own name when {@code intoFolder}. Refuses modes other than the nine
 * permission bits, since set-user-id and the like do not belong in an application's layer.
 *
 * @param fileMode permission bits of every file; folders get the same and may be entered wherever they may be read
 */
public record FileCopy(Path from, ImagePath to, boolean intoFolder, int fileMode, Owner owner) {
    public static final int DEFAULT_MODE = 0644;
    private static final int ALL_PERMISSIONS = 0777;
    private static final int READ_BITS = 0444;

    private static final Pattern OPTION = Pattern.compile("(.*),(mode|owner)=([^,/]*)", Pattern.DOTALL);

    public FileCopy {
        if ((fileMode & ~ALL_PERMISSIONS) != 0) {
            throw new IllegalArgumentException("a mode has nine permission bits");
        }
    }

    public FileCopy(Path from, ImagePath to) {
        this(from, to, false, DEFAULT_MODE, Owner.ROOT);
    }

    /**
     * Reads {@code FROM:TO}, optionally followed by {@code ,mode=0755} and {@code ,owner=1000:1000}. The last {@code :/}
     * divides, so FROM may contain colons.
     */
    public static FileCopy parse(String text) throws InvalidInputException {
        int mode = DEFAULT_MODE;
        Owner owner = Owner.ROOT;
        String rest = text;
        for (Matcher option = OPTION.matcher(rest); option.matches(); option = OPTION.matcher(rest)) {
            rest = option.group(1);
            if (option.group(2).equals("mode")) {
                mode = parseMode(option.group(3));
            } else {
                owner = Owner.parse(option.group(3));
            }
        }
        int colon = rest.lastIndexOf(":/");
        if (colon <= 0) {
            throw new InvalidInputException("'" + text + "' does not say what goes where: expected FROM:TO with TO an"
                    + " absolute path, such as target/app.jar:/app/app.jar");
        }
        String to = rest.substring(colon + 1);
        boolean into = to.endsWith("/");
        try {
            return new FileCopy(
                    Path.of(rest.substring(0, colon)),
                    ImagePath.parse(into && to.length() > 1 ? to.substring(0, to.length() - 1) : to),
                    into,
                    mode,
                    owner);
        } catch (InvalidPathException e) {
            throw new InvalidInputException("'" + text + "': FROM is not a possible path", e);
        }
    }

    private static int parseMode(String text) throws InvalidInputException {
        if (!text.matches("0?[0-7]{3}")) {
            throw new InvalidInputException("'" + text + "' is not a mode: expected three octal digits such as 0755;"
                    + " set-user-id, set-group-id and sticky are refused");
        }
        return Integer.parseInt(text, 8);
    }

    /** Returns the mode of folders: that of the files, plus the right to enter wherever there is the right to read. */
    int folderMode() {
        return fileMode | (fileMode & READ_BITS) >> 2;
    }

    /** Returns the layer's title in the image's history, which does not depend on where the files came from. */
    String title() {
        return "files for " + to + (intoFolder && !to.equals(ImagePath.ROOT) ? "/" : "");
    }
}
