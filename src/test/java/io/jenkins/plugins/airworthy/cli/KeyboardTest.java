package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** The program at a real pseudo terminal, while it waits for a secret that nobody types. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class KeyboardTest {
    private static final String LOGIN = "login localhost:1 --username alice";

    @TempDir
    Path folder;

    private final StringBuilder screen = new StringBuilder();
    private Process terminal;

    private void start(String arguments) throws IOException {
        String program = "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -Xshare:auto -cp '"
                + System.getProperty("java.class.path") + "' " + Main.class.getName() + " " + arguments;
        // The shell outlives the signal, and tells what is left of the terminal.
        String script = "trap : INT TERM; echo pid=$$; " + program + "; echo status=$?; stty -a; echo over";
        ProcessBuilder builder = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        "timeout", // a read of its screen cannot be interrupted
                        "-sKILL",
                        "20",
                        Tool.require("script").executable().toString(),
                        "-qec",
                        script,
                        "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().put("DOCKER_CONFIG", folder.toString());
        builder.environment().keySet().removeIf(name -> name.endsWith("PASSWORD"));
        terminal = builder.start();
    }

    @AfterEach
    void close() {
        terminal.descendants().forEach(ProcessHandle::destroyForcibly);
        terminal.destroyForcibly();
    }

    private void await(String text) throws IOException {
        InputStream shown = terminal.getInputStream();
        while (screen.indexOf(text) < 0) {
            int each = shown.read();
            assertThat(each).as("the end of: " + screen).isNotNegative();
            screen.append((char) each);
        }
    }

    private void type(String keys) throws IOException {
        terminal.getOutputStream().write(keys.getBytes(StandardCharsets.ISO_8859_1));
        terminal.getOutputStream().flush();
    }

    /** Before, the program stayed for ten seconds, and the terminal showed what was typed then. */
    @ParameterizedTest
    @CsvSource({LOGIN + ",Password of alice", "key generate --output k,New password"})
    void controlCAtAPromptEndsTheProgramAtOnce(String arguments, String question) throws Exception {
        start(arguments);
        await(question);
        await(": ");
        Thread.sleep(300); // the question is written before the echo is off
        long begin = System.nanoTime();
        type("\003");
        await("over");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(screen)
                .contains("\r\nairworthy: interrupted at a question: nothing was done", "status=130", " echo ")
                .doesNotContain("tag", "did not stop in time");
    }

    @ParameterizedTest
    @CsvSource({LOGIN + ",Password of alice"})
    void theTimeOfARunIsOverAtAPromptToo(String arguments, String question) throws Exception {
        start(arguments + " --timeout 1s");
        await("over");

        assertThat(screen)
                .contains(question, "took longer than the allowed 1 second", "status=3", " echo ")
                .doesNotContain("tag");
    }

    @ParameterizedTest
    @CsvSource({"hunter2,the connection was refused", "'',the password is empty"})
    void aTypedPasswordIsNotShown(String typed, String said) throws Exception {
        start(LOGIN);
        await(": ");
        Thread.sleep(300);
        type(typed + "\n");
        await("over");

        assertThat(screen).contains(said).doesNotContain("hunter2");
    }
}
