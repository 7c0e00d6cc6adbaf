package io.jenkins.plugins.airworthy.build.adopt;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the table {@code image} of pack's report.toml. Only TOML as pack writes it is read: a table or a value on each line, texts
 * in double quotes without escapes. Everything else in this table is refused, and so are texts over several lines anywhere, since
 * they could contain what looks like this table.
 */
final class PackReport {
    private static final Pattern TABLE = Pattern.compile("\\[{1,2}\\s*([A-Za-z0-9_.\"-]+)\\s*]{1,2}\\s*(#.*)?");
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(\\S.*)");
    private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\]*)\"");

    private PackReport() {}

    static BuilderOutput read(String text, String what) throws InvalidInputException {
        Map<String, String> image = table(text, what);
        List<Digest> ids = new ArrayList<>();
        if (image.containsKey("image-id")) {
            ids.add(digest(image.get("image-id"), what + ": image-id"));
        }
        if (!image.containsKey("digest")) {
            throw new InvalidInputException(
                    what + ": has no digest in its table [image]: pack did not push the image;" + " add --publish");
        }
        Digest digest = digest(image.get("digest"), what + ": digest");
        List<String> tags = texts(image.getOrDefault("tags", ""), what + ": tags");
        return new BuilderOutput(
                OutputForm.PACK, Optional.empty(), OutputReader.tagged(tags, digest, what + ": tags"), ids);
    }

    /** The values of the table, as they are written. */
    private static Map<String, String> table(String text, String what) throws InvalidInputException {
        if (text.contains("\"\"\"") || text.contains("'''")) {
            throw new InvalidInputException(what + ": has a text over several lines, which pack does not write");
        }
        Map<String, String> image = new HashMap<>();
        String table = "";
        int tables = 0;
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = raw.strip();
            Matcher name = TABLE.matcher(line);
            if (name.matches()) {
                table = name.group(1);
                tables += table.equals("image") ? 1 : 0;
            } else if (table.equals("image") && !line.isEmpty() && !line.startsWith("#")) {
                Matcher value = VALUE.matcher(line);
                if (!value.matches() || image.put(value.group(1), value.group(2)) != null) {
                    throw new InvalidInputException(
                            what + ", line " + number + ": is not a value as pack writes it, or is there twice");
                }
            }
        }
        if (tables != 1) {
            throw new InvalidInputException(what + ": has " + tables + " tables [image], expected the one of pack's"
                    + " report.toml; expected is " + OutputReader.FORMS);
        }
        return image;
    }

    private static Digest digest(String value, String where) throws InvalidInputException {
        Matcher text = TEXT.matcher(value);
        Optional<Digest> digest = text.matches() ? OutputReader.digest(text.group(1)) : Optional.empty();
        return digest.orElseThrow(() ->
                new InvalidInputException(where + ": expected sha256: and 64 lower-case hexadecimal digits in quotes"));
    }

    private static List<String> texts(String value, String where) throws InvalidInputException {
        List<String> texts = new ArrayList<>();
        boolean list = value.length() > 2 && value.startsWith("[") && value.endsWith("]");
        for (String entry : list ? value.substring(1, value.length() - 1).split(",") : new String[] {""}) {
            Matcher text = TEXT.matcher(entry.strip());
            if (!text.matches()) {
                throw new InvalidInputException(where + ": expected a list of names in quotes, on one line");
            }
            texts.add(text.group(1));
        }
        return texts;
    }
}
