package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceFound;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One image and one index of two platforms in a repository of their own; what is signed in a cell of the matrix. */
public record MatrixImages(
        String repository, ImageStore store, Manifest image, Manifest index, List<Manifest> platforms) {
    private static final AtomicInteger REPOSITORIES = new AtomicInteger();

    public static MatrixImages push(String host) throws Exception {
        String repository = host + "/matrix/app" + REPOSITORIES.incrementAndGet();
        ImageStore store = open(repository);
        Manifest image = Samples.image(store, "linux/amd64", "one image in " + repository);
        Manifest amd64 = Samples.image(store, "linux/amd64", "first in " + repository);
        Manifest arm64 = Samples.image(store, "linux/arm64", "second in " + repository);
        Manifest index = Samples.put(
                store,
                Samples.index(
                        amd64.descriptor().with(Platform.parse("linux/amd64")),
                        arm64.descriptor().with(Platform.parse("linux/arm64"))));
        store.tag("image", image);
        return new MatrixImages(repository, store, image, index, List.of(amd64, arm64));
    }

    private static ImageStore open(String repository) throws Exception {
        return RegistryStores.any(List.of(), CredentialSource.ANONYMOUS, (method, at, path) -> {})
                .open(ImageReference.parse(repository));
    }

    /** The same images where somebody copied them to. */
    static MatrixImages at(String repository, MatrixImages from) throws Exception {
        return new MatrixImages(repository, open(repository), from.image, from.index, from.platforms);
    }

    List<Manifest> all() {
        return List.of(image, index, platforms.get(0), platforms.get(1));
    }

    public String reference(Manifest manifest) {
        return repository + "@" + manifest.digest();
    }

    String[] references() {
        return all().stream().map(this::reference).toArray(String[]::new);
    }

    /** Signs and attests all of them as we do it. */
    void attach(SigningKey key, EvidenceFormat format) throws Exception {
        for (Manifest manifest : all()) {
            attach(manifest, key, format);
        }
    }

    void attach(Manifest manifest, SigningKey key, EvidenceFormat format) throws Exception {
        Descriptor about = manifest.descriptor();
        Subject subject = new Subject(Optional.of(repository), about.digest());
        Optional<Observation> seen = Optional.of(
                new Observation(Observer.CONTROLLER, Clock.systemUTC().instant()));
        StatementSigner signer = new KeySigner(key, format);
        EvidenceWriter.attach(store, about, EvidenceWriter.signatureOf(subject, seen), signer, Clock.systemUTC());
        Statement provenance = new Statement(subject, seen, PredicateTypes.PROVENANCE, provenance());
        EvidenceWriter.attach(store, about, provenance, signer, Clock.systemUTC());
    }

    static ObjectNode provenance() {
        ObjectNode json = StrictJson.object();
        json.putObject("buildDefinition")
                .put("buildType", "https://example.com/grüße")
                .putObject("externalParameters");
        json.putObject("runDetails").putObject("builder").put("id", "https://jenkins.example.com/");
        return json;
    }

    EvidenceFound read(Manifest manifest, VerificationKey key) throws Exception {
        return EvidenceReader.read(store, manifest.digest(), List.of(new TrustedKey("matrix", key)));
    }
}
