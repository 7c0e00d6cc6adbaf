package io.jenkins.plugins.airworthy.gate.cases;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Saves a verdict as a case: everything that was read of the image but its layers, all that is attached to it, the public keys, and
 * the verdict as the expected one. The document is written last, so that half a case is none. Refuses a folder with other files.
 */
public final class CaseWriter {
    private static final String ROOT = "trusted_root.json";

    private final Path folder;
    private final LayoutStore kept;

    private CaseWriter(Path folder) {
        this.folder = folder;
        this.kept = LayoutStore.open(
                new LayoutReference(folder.resolve(CaseReader.SAVED), Optional.empty(), Optional.empty()));
    }

    /** A case in a folder that is new or empty. */
    public static CaseWriter into(Path folder) throws AirworthyException {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        CaseFiles.requireName(name == null ? "" : name.toString());
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                if (files.iterator().hasNext()) {
                    throw new InvalidInputException(folder + " is not empty; name a new folder for the case");
                }
            } catch (IOException e) {
                throw new InvalidInputException(folder + " is not a folder that can be read", e);
            }
        }
        return new CaseWriter(folder);
    }

    /** The same stores; what is read from them is saved. */
    public ImageStores saving(ImageStores stores) {
        return reference -> new SavingStore(stores.open(reference), kept);
    }

    /**
     * Completes the case.
     *
     * @param stores as returned by {@link #saving}
     * @param judged what was decided with these stores
     * @param trustedRoot the bytes of the trusted root that the request has
     */
    public void complete(ImageStores stores, VerifyRequest request, Judged judged, Optional<byte[]> trustedRoot)
            throws AirworthyException, InterruptedException {
        try (ImageStore store = stores.open(request.image())) {
            // A verdict reads what its own policy asks for. The case is for the policies to come.
            for (Digest subject : subjects(judged)) {
                EvidenceReader.heads(store, subject, TrustedSigners.of(request.keys()));
            }
        }
        for (TrustedKey key : request.keys()) {
            write(file(key), key.key().pem().getBytes(StandardCharsets.US_ASCII));
        }
        if (trustedRoot.isPresent()) {
            write(ROOT, trustedRoot.get());
        }
        write(
                PolicyCases.FILE,
                document(request, judged, trustedRoot.isPresent()).getBytes(StandardCharsets.UTF_8));
    }

    private static Set<Digest> subjects(Judged judged) {
        Set<Digest> subjects = new LinkedHashSet<>();
        subjects.add(judged.image().digest());
        judged.image().platforms().stream().map(PlatformImage::digest).forEach(subjects::add);
        return subjects;
    }

    private static String file(TrustedKey key) {
        return key.name() + ".pub";
    }

    private static String document(VerifyRequest request, Judged judged, boolean root) {
        ExpectedVerdict expected = ExpectedVerdict.of(judged.verdict());
        StringBuilder text = new StringBuilder(
                        "apiVersion: " + CaseReader.VERSION + "\nkind: " + CaseReader.KIND + "\n")
                .append("image: ")
                .append(quoted(request.image().toString()))
                .append('\n');
        request.target().ifPresent(target -> text.append("target: ")
                .append(quoted(target.toString()))
                .append('\n'));
        text.append("time: ").append(judged.verdict().evaluatedAt()).append("\ntrust:\n  keys: ");
        text.append(request.keys().stream()
                .map(key -> quoted(key.name()) + ": " + quoted(file(key)))
                .distinct()
                .collect(Collectors.joining(", ", "{", "}\n")));
        text.append(root ? "  trustedRoot: " + ROOT + "\n" : "");
        text.append("expect:\n  decision: ").append(expected.decision()).append('\n');
        for (Map.Entry<Status, String> named : ExpectedVerdict.NAMED.entrySet()) {
            Set<String> ids = new TreeSet<>(expected.items().get(named.getKey()));
            if (!ids.isEmpty()) {
                text.append("  ").append(named.getValue()).append(": ");
                text.append(ids.stream().map(CaseWriter::quoted).collect(Collectors.joining(", ", "[", "]\n")));
            }
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private void write(String name, byte[] content) throws UndecidedException {
        try {
            Files.write(folder.resolve(name), content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UndecidedException(folder.resolve(name) + " could not be written", e);
        }
    }
}
