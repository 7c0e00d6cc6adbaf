package io.jenkins.plugins.airworthy.cli;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The lines of docs/rollback.md, in their order. */
class RollbackDocsTest {
    private static final Path PAGE = Path.of("docs/rollback.md");
    private static final Path PLACE = Path.of("target/way");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern HELD = Pattern.compile("(sha256:[0-9a-f]{64}) is held there");

    @Test
    void everyLineDoesWhatThePageSays() throws Exception {
        clear();
        Files.createDirectories(PLACE);
        Files.writeString(PLACE.resolve("one.txt"), "one");
        Files.writeString(PLACE.resolve("two.txt"), "two");
        Files.writeString(PLACE.resolve("policy.yaml"), block("yaml"));
        Session session = new Session();
        session.environment.put("AIRWORTHY_KEY_PASSWORD", "secret");
        session.environment.put("XDG_CONFIG_HOME", PLACE.toAbsolutePath().toString());
        int expected = 0;
        String held = "";
        for (String line : block("sh").lines().toList()) {
            if (line.equals("# refused")) {
                expected = 1;
                continue;
            }
            Session.Ended ended = session.run(words(line.replace("$HELD", held)));
            assertThat(ended.status())
                    .as(line + "\n" + ended.out() + ended.err())
                    .isEqualTo(expected);
            Matcher told = HELD.matcher(ended.out());
            held = told.find() ? told.group(1) : held;
            expected = 0;
        }
        assertThat(held).isNotEmpty();
    }

    private static String[] words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        assertThat(words.remove(0)).isEqualTo("airworthy");
        return words.toArray(String[]::new);
    }

    private static String block(String language) throws IOException {
        Matcher found =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static void clear() throws IOException {
        if (Files.exists(PLACE)) {
            try (Stream<Path> files = Files.walk(PLACE)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
