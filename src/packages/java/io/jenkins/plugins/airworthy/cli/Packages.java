package io.jenkins.plugins.airworthy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Part of the build: lays out what every package contains, with the manual pages and completions. */
public final class Packages {
    private static final Path SOURCES = Path.of("src/packages");

    private Packages() {}

    /** Takes the build's folder, the version, and the instant of the release. */
    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        Path tree = Path.of(arguments[0], "airworthy");
        Path program = Path.of(arguments[0], "airworthy-cli.jar");
        empty(tree);
        for (String folder : List.of("bin", "lib", "training", "README.txt")) {
            copy(SOURCES.resolve(folder), tree.resolve(folder.equals("training") ? "lib/training" : folder));
        }
        copy(Path.of("LICENSE"), tree.resolve("LICENSE"));
        copy(Path.of("src/legal/THIRD-PARTY.txt"), tree.resolve("THIRD-PARTY.txt"));
        copy(program, tree.resolve("lib/airworthy.jar"));
        Path bill = Path.of(arguments[0], "sbom/sbom.cdx.json");
        if (Files.exists(bill)) { // missing after an offline build: its plugin asks for a network
            copy(bill, tree.resolve("sbom.cdx.json"));
        }
        try (JarFile jar = new JarFile(program.toFile());
                InputStream notice = jar.getInputStream(jar.getEntry("META-INF/NOTICE"))) {
            Files.write(tree.resolve("NOTICE"), notice.readAllBytes());
        }
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(program));
        write(tree.resolve("lib/airworthy.jar.sha256"), HexFormat.of().formatHex(digest) + "  airworthy.jar\n");
        describe(tree.resolve("share"), new Manual(arguments[1], arguments[2].substring(0, "2026-11-23".length())));
    }

    private static void describe(Path share, Manual manual) throws IOException {
        List<PackagedCommand> commands = PackagedCommand.all();
        write(share.resolve("man/man1/airworthy.1"), manual.overview(commands, Help.overview()));
        for (PackagedCommand command : commands) {
            write(share.resolve("man/man1/" + command.page() + ".1"), manual.of(command));
        }
        String prepare = Files.readString(SOURCES.resolve("man/airworthy-prepare.1"));
        write(share.resolve("man/man1/airworthy-prepare.1"), manual.filled(prepare));
        Completions shells = new Completions(commands);
        write(share.resolve("bash-completion/completions/airworthy"), shells.bash(template("airworthy.bash")));
        write(share.resolve("zsh/site-functions/_airworthy"), shells.zsh(template("_airworthy")));
        write(share.resolve("fish/vendor_completions.d/airworthy.fish"), shells.fish(template("airworthy.fish")));
    }

    private static String template(String name) throws IOException {
        return Files.readString(SOURCES.resolve("completion").resolve(name));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
