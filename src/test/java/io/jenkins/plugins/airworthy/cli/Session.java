package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs commands in this process, with a process's environment of its own. */
public final class Session {
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    public final Map<String, String> environment = new HashMap<>();
    public Clock clock = Clock.systemUTC();
    public InputStream in = InputStream.nullInputStream();
    Optional<char[]> typed = Optional.empty();
    boolean colours;
    boolean bars;

    /** What a run left. */
    public record Ended(int status, String out, String err) {
        public ObjectNode json() throws InvalidInputException {
            return StrictJson.parseObject(out.getBytes(StandardCharsets.UTF_8), "standard output", MAX_BYTES)
                    .node();
        }
    }

    public Ended run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandEnvironment process = new CommandEnvironment(
                in,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                environment,
                clock,
                colours,
                bars,
                question -> typed,
                new CurrentWork());
        int status = new Application(process).run(arguments);
        return new Ended(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
