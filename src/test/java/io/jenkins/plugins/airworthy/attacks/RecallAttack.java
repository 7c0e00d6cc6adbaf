package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.RecallLists;
import io.jenkins.plugins.airworthy.gate.RecallPublisher;
import io.jenkins.plugins.airworthy.gate.RecallSource;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.document.SeenVersions;
import io.jenkins.plugins.airworthy.sign.document.SignedDocument;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.BeforeEach;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An image that is on no list of recalls, at a gate that reads one. */
abstract class RecallAttack extends Attack {
    final SigningKey recaller = SoftwareKey.generate();
    Path seen;
    SignedDocument published;
    /** What a record says was signed. */
    final List<RecordedStatement> known = new ArrayList<>();

    @BeforeEach
    void publishFirst() throws Exception {
        seen = folder.resolve("seen");
        publish(entry("R-2026-0001", "digest: sha256:" + "1".repeat(64)));
    }

    @Override
    Gate gate() {
        try {
            return new Gate(stores, clock, timeLimit, subject -> known.stream()
                            .filter(signed -> signed.subject().equals(subject))
                            .toList())
                    .withRecalls(new RecallLists(List.of(source()), new SeenVersions(seen)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    RecallSource source() throws Exception {
        return new RecallSource(list(), List.of(new TrustedKey("recalls", recaller.publicKey())));
    }

    ImageReference list() throws Exception {
        return ImageReference.parse(place("recalls"));
    }

    /** Publishes the next version with these entries. */
    void publish(String... entries) throws Exception {
        long version = published == null ? 1 : published.head().version() + 1;
        published = publish(
                document(
                        version,
                        Optional.ofNullable(published).map(SignedDocument::digest),
                        NOW.minusSeconds(60),
                        NOW.plusSeconds(86_400),
                        entries),
                recaller);
    }

    SignedDocument publish(String document, SigningKey key) throws Exception {
        return publisher(key).publish(file(document), list(), new KeySigner(key));
    }

    RecallPublisher publisher(SigningKey key) {
        return new RecallPublisher(stores, List.of(new TrustedKey("recalls", key.publicKey())), clock);
    }

    RecallPublisher.File file(String document) throws Exception {
        return RecallPublisher.File.read(Files.writeString(folder.resolve("recalls.yaml"), document));
    }

    static String document(
            long version, Optional<Digest> previous, Instant issued, Instant expires, String... entries) {
        return "apiVersion: airworthy/v1\nkind: Recalls\nmetadata:\n  name: acme\n  version: " + version
                + previous.map(digest -> "\n  previous: " + digest).orElse("") + "\n  issued: " + issued
                + "\n  expires: " + expires + "\nentries:"
                + (entries.length == 0 ? " []" : "\n" + String.join("", entries));
    }

    static String entry(String id, String target) {
        return entry(id, target, "recalled");
    }

    static String entry(String id, String target, String state) {
        return "  - id: " + id + "\n    state: " + state
                + "\n    story: |\n      A back door came with it.\n      It was found on Friday.\n"
                + "    since: 2026-11-19T00:00:00Z\n    by: alice\n"
                + target.strip().indent(4);
    }
}
