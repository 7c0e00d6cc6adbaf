package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Ledgers of controllers without a Jenkins; one for each folder, as a controller has. */
public final class TestLedger {
    private static final Map<Path, ControllerLedger> OPEN = new ConcurrentHashMap<>();

    private TestLedger() {}

    /** The one of a folder. */
    public static ControllerLedger in(Path home) {
        return OPEN.computeIfAbsent(home, TestLedger::fresh);
    }

    /** Another one of the same folder, as after a start. */
    public static ControllerLedger fresh(Path home) {
        return fresh(home, Clock.systemUTC());
    }

    static ControllerLedger fresh(Path home, Clock clock) {
        return new ControllerLedger(
                home, key(home), () -> Optional.of(URI.create("https://ci.example.com/jenkins/")), clock);
    }

    /** In a file, which a real controller encrypts. */
    private static KeyPlace key(Path home) {
        Path file = home.resolve("key");
        return new KeyPlace() {
            @Override
            public Optional<byte[]> load() throws IOException {
                return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
            }

            @Override
            public void store(byte[] key) throws IOException {
                Files.write(file, key);
            }
        };
    }
}
