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

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The lines of docs/rollback.md, in their order. */
class RollbackDocsTest {
    private static final Path PAGE = Path.of("docs/rollback.md");
    private static final Path PLACE = Path.of("target/way");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern HELD = Pattern.compile("HELD=\\$\\((airworthy .*) \\| (sed .*)\\)");

    @Test
    void everyLineDoesWhatThePageSays() throws Exception {
        clear();
        String page = block("sh");
        int first = page.indexOf("\nairworthy ") + 1;
        shell(page.substring(0, first));
        Session session = new Session();
        session.environment.put("AIRWORTHY_KEY_PASSWORD", "secret");
        session.environment.put("XDG_CONFIG_HOME", PLACE.toAbsolutePath().toString());
        int expected = 0;
        String held = "";
        for (String line : page.substring(first).lines().toList()) {
            if (line.equals("# refused")) {
                expected = 1;
                continue;
            }
            Matcher piped = HELD.matcher(line);
            boolean keeps = piped.matches();
            Session.Ended ended = session.run(words(keeps ? piped.group(1) : line.replace("$HELD", held)));
            assertThat(ended.status())
                    .as(line + "\n" + ended.out() + ended.err())
                    .isEqualTo(expected);
            if (keeps) {
                Files.writeString(PLACE.resolve("told"), ended.out());
                held = shell(piped.group(2) + " <" + PLACE.resolve("told")).strip();
            }
            expected = 0;
        }
        assertThat(held).matches("sha256:[0-9a-f]{64}");
    }

    /** What a shell says to lines that do not call the program. */
    private static String shell(String lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-e", "-c", lines)
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
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
