package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.recall.OsvRecord;
import io.jenkins.plugins.airworthy.recall.RecallTarget;
import io.jenkins.plugins.airworthy.recall.TimeWindow;
import io.jenkins.plugins.airworthy.recall.version.VersionRange;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is recalled: exactly one of several options, some with more about it. */
final class RecallTargetOptions extends Options {
    private final Argument digest = repeated(
            "--digest",
            "DIGEST",
            "Recall what has this digest: an index, a manifest or a config. May be given several times.");

    private final Argument image =
            optional("--image", "REF", "Recall this image: its digest, and those of its manifests if it is an index.");

    private final Argument base = optional(
            "--base", "REF", "Recall every image with the layers of this one, which are read now, on each platform.");

    private final Argument packageName =
            optional("--package", "PURL", "Recall images with this package, a package URL without version.");

    private final Argument osv = optional(
            "--osv", "FILE", "Recall images with the packages of this record in the Open Source Vulnerability format.");

    private final Argument source = optional("--source", "URL", "Recall what was built from this repository.");

    private final Argument builder = optional("--builder", "ID", "Recall what this builder built.");

    private final Argument scanner = optional("--scanner", "NAME", "Believe no scan by this scanner any more.");

    private final Argument type = optional(
            "--type", "URI", "Believe no statement of this predicate type any more, made from --from until --until.");

    private final Argument signerKey =
            optional("--signer-key", "FILE", "Believe no statement of the owner of this public key any more.");

    private final Argument signer =
            optional("--signer", "ISSUER=SUBJECT", "Believe no statement of this identity any more.");

    private final Argument versions = repeated(
            "--versions",
            "RANGE",
            "Of --package or --scanner: the versions, such as 'vers:npm/>=1.0.0|<1.4.1'; default: all.");

    private final Argument commit =
            repeated("--commit", "COMMIT", "Of --source: what was built from this commit; default: from any.");

    private final Argument agent = optional("--agent", "NAME", "Of --builder: what was built on this agent.");

    private final Argument from = optional(
            "--from",
            "TIME",
            "Of --builder, --scanner, --type and --signer: what was made at or after this time, in UTC.");

    private final Argument until = optional("--until", "TIME", "Like --from: what was made at or before this time.");

    private final Argument databaseFrom =
            optional("--database-from", "TIME", "Of --scanner: with a database made at or after this time.");

    private final Argument databaseUntil =
            optional("--database-until", "TIME", "Of --scanner: with a database made at or before this time.");

    RecallTarget read(RegistryOptions registries, CommandEnvironment environment)
            throws AirworthyException, InterruptedException {
        List<Argument> given =
                List.of(digest, image, base, packageName, osv, source, builder, scanner, type, signerKey, signer)
                        .stream()
                        .filter(Argument::given)
                        .toList();
        if (given.size() != 1) {
            throw new InvalidInputException("say what is recalled with exactly one of --digest, --image, --base,"
                    + " --package, --osv, --source, --builder, --scanner, --type, --signer-key and --signer");
        }
        Argument one = given.get(0);
        requireFit(one, versions, Set.of(packageName, scanner));
        requireFit(one, commit, Set.of(source));
        requireFit(one, agent, Set.of(builder));
        requireFit(one, from, Set.of(builder, scanner, type, signer));
        requireFit(one, until, Set.of(builder, scanner, type, signer));
        requireFit(one, databaseFrom, Set.of(scanner));
        requireFit(one, databaseUntil, Set.of(scanner));
        if (one == image || one == base) {
            ImageReference reference = ImageReference.parse(one.text());
            try (ImageStore store = registries.stores(environment).open(reference)) {
                ResolvedImage read = ImageReader.read(store, reference);
                read.requireWhole("recalled");
                return one == image ? digests(read) : layers(read);
            }
        }
        return ofWords(one);
    }

    private static RecallTarget digests(ResolvedImage read) {
        Set<Digest> digests = new LinkedHashSet<>();
        digests.add(read.digest());
        read.platforms().forEach(platform -> digests.add(platform.digest()));
        return new RecallTarget.Digests(digests);
    }

    private static RecallTarget layers(ResolvedImage read) throws InvalidInputException {
        List<List<Digest>> stacks = new ArrayList<>();
        for (PlatformImage platform : read.platforms()) {
            if (platform.config().diffIds().isEmpty()) {
                throw new InvalidInputException(read.pinned() + ": has no layers on " + platform.platform());
            }
            stacks.add(platform.config().diffIds());
        }
        return new RecallTarget.Layers(
                stacks.stream().distinct().toList(), Optional.of(read.pinned().toString()));
    }

    private RecallTarget ofWords(Argument one) throws AirworthyException {
        TimeWindow window = new TimeWindow(instant(from, "--from"), instant(until, "--until"));
        if (one == digest) {
            Set<Digest> digests = new LinkedHashSet<>();
            for (String text : digest.values()) {
                digests.add(Digest.parse(text));
            }
            return new RecallTarget.Digests(digests);
        }
        if (one == packageName) {
            PackageName name = PackageName.parse(packageName.text())
                    .filter(parsed -> parsed.version().isEmpty())
                    .orElseThrow(() -> new InvalidInputException("--package '" + packageName.text()
                            + "' is not a package URL without a version, such as pkg:npm/event-stream"));
            return new RecallTarget.Packages(List.of(new RecallTarget.AffectedPackage(name, ranges())));
        }
        if (one == osv) {
            InputFile file = InputFile.of("--osv", osv.text());
            return OsvRecord.parse(file.read(OsvRecord.MAX_BYTES), file.toString())
                    .affected();
        }
        if (one == source) {
            return new RecallTarget.Source(source.text(), new LinkedHashSet<>(commit.values()));
        }
        if (one == builder) {
            return new RecallTarget.Builder(builder.text(), agent.value(), window);
        }
        if (one == scanner || one == type) {
            List<VersionRange> ranges = ranges();
            if (ranges.size() > 1) {
                throw new InvalidInputException(
                        "--versions is given several times, and of a scanner one range is read");
            }
            return new RecallTarget.Evidence(
                    type.value(),
                    scanner.value().map(name -> name.toLowerCase(Locale.ROOT)),
                    ranges.stream().findFirst(),
                    new TimeWindow(
                            instant(databaseFrom, "--database-from"), instant(databaseUntil, "--database-until")),
                    window);
        }
        if (one == signerKey) {
            InputFile file = InputFile.of("--signer-key", signerKey.text());
            VerificationKey key = VerificationKey.parse(file.read(TrustedKeyFiles.MAX_BYTES), file.toString());
            return new RecallTarget.Signer(Optional.of(key.fingerprint()), Optional.empty(), Optional.empty(), window);
        }
        int equals = signer.text().indexOf('=');
        if (equals <= 0 || equals == signer.text().length() - 1) {
            throw new InvalidInputException("--signer '" + signer.text() + "': expected ISSUER=SUBJECT");
        }
        return new RecallTarget.Signer(
                Optional.empty(),
                Optional.of(signer.text().substring(0, equals)),
                Optional.of(signer.text().substring(equals + 1)),
                window);
    }

    private List<VersionRange> ranges() throws InvalidInputException {
        List<VersionRange> ranges = new ArrayList<>();
        for (String text : versions.values()) {
            ranges.add(VersionRange.parse(text));
        }
        return ranges;
    }

    private static Optional<Instant> instant(Argument option, String name) throws InvalidInputException {
        return option.given() ? Optional.of(RecallText.instant(name, option.text())) : Optional.empty();
    }

    private static void requireFit(Argument one, Argument more, Set<Argument> fitting) throws InvalidInputException {
        if (more.given() && !fitting.contains(one)) {
            throw new InvalidInputException(more.accepted().get(0) + " does not go with "
                    + one.accepted().get(0));
        }
    }
}
