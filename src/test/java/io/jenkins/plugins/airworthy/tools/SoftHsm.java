package io.jenkins.plugins.airworthy.tools;

import com.sun.jna.NativeLibrary;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** SoftHSM with tokens in a folder of its own: a PKCS #11 module in software, handled by its own tool and by OpenSC's. */
public final class SoftHsm {
    /** The PIN of every token's user. */
    public static final String PIN = "pin-of-the-test-47";

    private static final String SECURITY_OFFICER = "officer-of-the-test";
    private static final List<String> MODULES = List.of(
            "/usr/lib/softhsm/libsofthsm2.so",
            "/usr/lib64/softhsm/libsofthsm2.so",
            "/usr/lib64/pkcs11/libsofthsm2.so",
            "/usr/local/lib/softhsm/libsofthsm2.so",
            "/opt/homebrew/lib/softhsm/libsofthsm2.so");

    private final Tool util = Tool.require("softhsm2-util");
    private final Tool pkcs11 = Tool.require("pkcs11-tool");
    private final Path module = requireModule();
    private final Path folder;
    private final Path configuration;

    private SoftHsm(Path folder) {
        this.folder = folder;
        this.configuration = folder.resolve("softhsm2.conf");
    }

    /** A new one without tokens, or the end of the test where it is not installed. */
    public static SoftHsm in(Path folder) {
        SoftHsm made = new SoftHsm(folder);
        try {
            Files.createDirectory(made.tokens());
            Files.writeString(made.configuration, """
                    directories.tokendir = %s
                    objectstore.backend = file
                    log.level = ERROR
                    """.formatted(made.tokens()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made;
    }

    private static Path requireModule() {
        return MODULES.stream()
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst()
                .orElseGet(() -> {
                    String advice = "the library of SoftHSM was not found: run '.ci/install-tools FOLDER'";
                    if (Boolean.getBoolean("airworthy.requireTools")) {
                        Assertions.fail(advice);
                    }
                    return Assumptions.abort("SKIPPED: " + advice);
                });
    }

    /** What a process needs to see these tokens. */
    public Map<String, String> environment() {
        return Map.of("SOFTHSM2_CONF", configuration.toString());
    }

    public Path module() {
        return module;
    }

    /** Lets this very process see these tokens: a module reads it from the process, and Java cannot set it. */
    public SoftHsm enter() {
        NativeLibrary.getProcess()
                .getFunction("setenv")
                .invokeInt(new Object[] {"SOFTHSM2_CONF", configuration.toString(), 1});
        return this;
    }

    /** The folder of the tokens: whatever is taken away from there is taken out. */
    public Path tokens() {
        return folder.resolve("tokens");
    }

    public SoftHsm token(String label) throws InterruptedException {
        util.run(
                        folder,
                        environment(),
                        "--init-token",
                        "--free",
                        "--label",
                        label,
                        "--so-pin",
                        SECURITY_OFFICER,
                        "--pin",
                        PIN)
                .succeeded();
        return this;
    }

    /** A key pair made within the token. */
    public SoftHsm key(String token, String type, String label, String id, String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("--keypairgen", "--key-type", type, "--label", label, "--id", id, "--usage-sign"));
        arguments.addAll(List.of(more));
        tool(token, arguments.toArray(String[]::new));
        return this;
    }

    /** Any other action of OpenSC's tool, logged in to a token. */
    public Tool.Outcome tool(String token, String... action) throws InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("--module", module.toString(), "--token-label", token, "--login", "--pin", PIN));
        arguments.addAll(List.of(action));
        return pkcs11.run(folder, environment(), arguments.toArray(String[]::new))
                .succeeded();
    }

    /** What OpenSC's tool sees, for people. */
    public String slots() throws InterruptedException {
        return pkcs11.run(folder, environment(), "--module", module.toString(), "--list-token-slots")
                .succeeded()
                .out();
    }

    /** The name of a key, with its attributes as they are written in one. */
    public String uri(String attributes) {
        return "pkcs11:" + attributes + "?module-path=" + module;
    }

    /** Takes all tokens out; what is returned puts them in again. */
    public Path takeOut() throws IOException {
        Path drawer = folder.resolve("drawer");
        Files.move(tokens(), drawer);
        Files.createDirectory(tokens());
        return drawer;
    }

    public void putBack(Path drawer) throws IOException {
        try (Stream<Path> left = Files.list(tokens())) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(tokens());
        Files.move(drawer, tokens());
    }
}
