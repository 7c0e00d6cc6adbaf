package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writers that share nothing with those of the test but the registry: several threads of a Java process of its own. It
 * says that it is ready, waits for a line, and tells the digest of everything it attached.
 */
final class AttachingProcess implements AutoCloseable {
    /** So many that cosign, which takes long to begin, comes in between. */
    static final int NOTES = Integer.getInteger("airworthy.notes", 3);

    private static final String READY = "ready";

    private final Process process;
    private final BufferedReader out;

    private AttachingProcess(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Arguments: the repository, media type, digest and size of the subject, a name, the number of writers, what to attach. */
    public static void main(String[] arguments) throws Exception {
        RegistryStores stores = RegistryStores.any(List.of(), CredentialSource.ANONYMOUS, RequestListener.NONE);
        ImageReference place = ImageReference.parse(arguments[0]);
        Descriptor subject = new Descriptor(arguments[1], Digest.parse(arguments[2]), Long.parseLong(arguments[3]));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(READY);
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        AttachedPiece piece = AttachedPiece.valueOf(arguments[6]);
        for (Digest attached : attach(stores, place, subject, arguments[4], Integer.parseInt(arguments[5]), piece)) {
            out.println(attached);
        }
        System.exit(0); // the client's thread would keep it for a while
    }

    /** That many writers at once, each of which attaches {@link #NOTES} notes, one after the other. */
    static List<Digest> attach(
            RegistryStores stores,
            ImageReference place,
            Descriptor subject,
            String name,
            int writers,
            AttachedPiece piece)
            throws Exception {
        List<Callable<List<Digest>>> work = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            String writer = name + " " + i;
            work.add(() -> attachInTurn(stores.open(place), subject, writer, piece));
        }
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Digest> attached = new ArrayList<>();
        try {
            for (Future<List<Digest>> done : threads.invokeAll(work)) {
                attached.addAll(done.get());
            }
        } finally {
            threads.shutdownNow();
        }
        return attached;
    }

    private static List<Digest> attachInTurn(
            RegistryStore store, Descriptor subject, String writer, AttachedPiece piece) throws Exception {
        List<Digest> attached = new ArrayList<>();
        for (int i = 0; i < NOTES; i++) {
            attached.add(piece.attach(store, subject, writer + ", note " + i));
        }
        return attached;
    }

    static AttachingProcess start(String repository, Descriptor subject, String name, int writers, AttachedPiece piece)
            throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-Dairworthy.notes=" + NOTES,
                "-classpath",
                System.getProperty("java.class.path"),
                AttachingProcess.class.getName(),
                repository,
                subject.mediaType(),
                subject.digest().toString(),
                Long.toString(subject.size()),
                name,
                Integer.toString(writers),
                piece.name());
        return new AttachingProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    void awaitReady() throws IOException {
        if (!READY.equals(out.readLine())) {
            throw new IOException("the writing process did not start");
        }
    }

    void go() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append('\n').flush();
    }

    /** What it attached; an error when one of its writers failed. */
    List<Digest> attached() throws Exception {
        List<Digest> digests = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            digests.add(Digest.parse(line));
        }
        if (process.waitFor() != 0) {
            throw new IOException("a writing process ended with " + process.exitValue());
        }
        return digests;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
