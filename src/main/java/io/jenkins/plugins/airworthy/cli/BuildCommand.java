package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.build.BuildProvenance;
import io.jenkins.plugins.airworthy.build.BuildRequest;
import io.jenkins.plugins.airworthy.build.BuiltImage;
import io.jenkins.plugins.airworthy.build.FileCopy;
import io.jenkins.plugins.airworthy.build.ImageBuilder;
import io.jenkins.plugins.airworthy.build.dockerfile.DockerfileBuild;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.gate.BaseReader;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code build}: puts files on a base image, or on none, and publishes the result; or lets a builder build a Dockerfile. */
final class BuildCommand extends Command {
    private final Argument base =
            optional("--base", "REF", "The image to build upon, or the word scratch; needed without --dockerfile.");

    private final Argument files = repeated(
                    "--file",
                    "FROM:TO[,mode=0644][,owner=0:0]",
                    "A file or folder, and where it goes in the image; each becomes one layer.")
            .spelling("--files");

    private final ContainerOptions container = with(new ContainerOptions());

    private final Argument platforms = repeated(
                    "--platform",
                    "OS/ARCH",
                    "A platform to build for; several make an image index. Default: the base's only one, or"
                            + " linux/amd64.")
            .spelling("--platforms");

    private final Argument target =
            required("--to", "REF", "Where the image goes, with the tag that will point at it.");

    private final DockerfileOptions dockerfile = with(new DockerfileOptions());

    /** Signs the build's provenance and attaches it to the image. */
    private final SignerOptions signing = with(new SignerOptions());

    private final SourceOptions source = with(new SourceOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy build --base registry.example.com/base/java:17 --file target/app.jar:/app/app.jar \\",
                "      --entrypoint java --entrypoint -jar --entrypoint /app/app.jar --user 65532 \\",
                "      --to registry.example.com/team/app:1.2 --key build.key \\",
                "      --source-repository https://git.example.com/team/app --source-ref refs/heads/main",
                "  airworthy build --base scratch --file bin/app:/app,mode=0755 --entrypoint /app \\",
                "      --to oci:target/images:1.2",
                "  airworthy build --dockerfile Dockerfile --to registry.example.com/team/app:1.2 --key build.key");
    }

    @Override
    String afterStop() {
        return "No tag was half moved: " + OF_A_TAG;
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference to = ImageReference.parse(target.text());
        if (dockerfile.given()) {
            return ofDockerfile(to, environment, progress);
        }
        BuildRequest request = request();
        Optional<Provenance.Source> from = source.source();
        Optional<StatementSigner> signer = signing.signerIfNamed(environment);
        ImageStores stores = registries.stores(environment);
        Instant started = environment.clock().instant();
        BuiltImage built = new ImageBuilder(stores).build(request, to, progress);
        Attachments attachments = new Attachments();
        if (signer.isPresent()) {
            Statement provenance = BuildProvenance.ofCommandLine(
                    request, built, from, started, environment.clock().instant());
            try (ImageStore store = stores.open(to)) {
                attachments.attach(store, built.descriptor(), provenance, signer.get(), environment.clock());
            }
        }
        ObjectNode document = document(to, built);
        attachments.writeTo(document);
        return Report.done(document, page -> {
            page.line(
                    TextStyle.STRONG,
                    "built    ",
                    to + " at " + built.descriptor().digest());
            built.base().ifPresent(b -> page.line("  on " + b.reference() + " at " + b.digest()));
            built.platforms()
                    .forEach(p ->
                            page.line("  " + p.platform() + " " + p.manifest().digest()));
            attachments.writeTo(page);
        });
    }

    private Report ofDockerfile(ImageReference to, CommandEnvironment environment, Progress progress)
            throws AirworthyException, InterruptedException {
        List<Argument> others = new ArrayList<>(List.of(base, files));
        others.addAll(container.arguments());
        for (Argument other : others) {
            if (!other.values().isEmpty()) {
                throw new InvalidInputException(
                        other.name() + " is for a build of files: a Dockerfile says this itself, so"
                                + " leave it out or leave out --dockerfile");
            }
        }
        Optional<Provenance.Source> from = source.source();
        Optional<StatementSigner> signer = signing.signerIfNamed(environment);
        RegistryStores stores = registries.registries(environment);
        DockerfileBuild built = dockerfile.build(to, platforms.values(), stores, environment, progress);
        Optional<Provenance.Base> claimed = built.claimedBase();
        Optional<String> doubt = claimed.isEmpty()
                ? Optional.empty()
                : new BaseReader(stores).doubt(claimed.get(), built.image().image());
        Optional<Provenance.Base> upon = doubt.isEmpty() ? claimed : Optional.empty();
        Attachments attachments = new Attachments();
        if (signer.isPresent()) {
            try (ImageStore store = stores.open(to)) {
                attachments.attach(
                        store,
                        built.image().image().descriptor(),
                        built.ofCommandLine(from, upon),
                        signer.get(),
                        environment.clock());
            }
        }
        return new DockerfileReport(built, upon, doubt, attachments).report();
    }

    private BuildRequest request() throws AirworthyException {
        if (!base.given()) {
            throw new InvalidInputException(
                    "--base is missing: name the image to build upon, the word scratch, or a Dockerfile with --dockerfile");
        }
        List<FileCopy> copies = new ArrayList<>();
        for (String file : files.values()) {
            copies.add(FileCopy.parse(file));
        }
        List<Platform> wanted = new ArrayList<>();
        for (String platform : platforms.values()) {
            wanted.add(Platform.parse(platform));
        }
        Optional<ImageReference> upon = base.text().equals(BuildRequest.SCRATCH)
                ? Optional.empty()
                : Optional.of(ImageReference.parse(base.text()));
        return new BuildRequest(upon, copies, container.settings(), wanted);
    }

    private static ObjectNode document(ImageReference to, BuiltImage built) {
        ObjectNode document = StrictJson.object()
                .put("schemaVersion", 1)
                .put("image", to.toString())
                .put("digest", built.descriptor().digest().toString());
        built.base().ifPresent(b -> document.putObject("base")
                .put("image", b.reference().toString())
                .put("digest", b.digest().toString()));
        ArrayNode images = document.putArray("platforms");
        built.platforms().forEach(p -> images.addObject()
                .put("platform", p.platform().toString())
                .put("digest", p.manifest().digest().toString())
                .put("config", p.config().digest().toString()));
        return document;
    }
}
