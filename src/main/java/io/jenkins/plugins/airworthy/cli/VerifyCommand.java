package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.gate.cases.CaseWriter;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code verify}: says whether images pass a policy, item by item, and changes nothing. An image about which nothing can be decided
 * does not keep the others from being judged.
 */
final class VerifyCommand extends Command {
    private final Argument references =
            parameters("REF", "The image to judge. Of several, each is judged, and the exit status is the worst.");

    private final GateOptions gate = with(new GateOptions());

    private final OlderTrustOption older = with(new OlderTrustOption());

    private final Argument target =
            optional("--target", "REF", "Also judge whether the image may be promoted to this name.");

    private final Argument save = optional(
            "--save",
            "FOLDER",
            "Save the image's evidence and the verdict as a case for 'policy test' in this new folder.");

    private final RecallOptions recalls = with(new RecallOptions());

    private final HistoryOptions history = with(new HistoryOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    VerifyCommand() {
        super(Format.OF_VERDICTS);
    }

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy verify registry.example.com/staging/app:1.2 \\",
                "      --policy production.yaml --trust release=release.pub",
                "  airworthy verify oci:target/images:1.2 --policy production.yaml --trust release=release.pub \\",
                "      --format json",
                "  airworthy verify oci:target/images:1.2 oci:target/images:1.3 --policy production.yaml \\",
                "      --trust release=release.pub");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        Optional<ImageReference> to =
                !target.given() ? Optional.empty() : Optional.of(ImageReference.parse(target.text()));
        if (to.isPresent() && references.values().size() > 1) {
            throw new InvalidInputException("--target is the name of one image, and "
                    + references.values().size() + " are given");
        }
        List<ImageReference> images = images();
        Policy policy = gate.policy(environment);
        List<TrustedKey> keys = gate.keys(older.keys.values(), environment, progress);
        Optional<CertificateTrust> certificates = gate.certificates(environment);
        List<VerifyRequest> requests = new ArrayList<>();
        for (ImageReference image : images) {
            requests.add(new VerifyRequest(image, to, policy, keys, certificates));
        }
        GateOptions.report(requests.get(0).missingTrust(), progress);
        if (requests.size() == 1) {
            VerdictReport report = new VerdictReport(judged(requests.get(0), environment, progress));
            return report.inAllFormats(
                    new Report(VerdictList.status(report), report.toJson(), report::writeTo), Optional.empty());
        }
        if (save.given()) {
            throw new InvalidInputException(
                    "--save takes the case of one image, and " + requests.size() + " are given");
        }
        List<VerdictList.Entry> entries = new ArrayList<>();
        try (HistoryOptions.OpenGate open =
                history.open(registries.stores(environment), gate.timeLimit(), environment, progress)) {
            Gate judge = recalls.judging(open.gate(), environment);
            for (VerifyRequest request : requests) {
                entries.add(entry(judge, request, progress));
            }
        }
        return new VerdictList(entries).report();
    }

    private Judged judged(VerifyRequest request, CommandEnvironment environment, Progress progress)
            throws AirworthyException, InterruptedException {
        ImageStores stores = registries.stores(environment);
        if (!save.given()) {
            return verified(stores, request, environment, progress);
        }
        CaseWriter writer = CaseWriter.into(InputFile.of("--save", save.text()).path());
        ImageStores saving = writer.saving(stores);
        // A case is judged by its policy alone, wherever it is judged; what is told now is the whole verdict.
        Judged judged = new Gate(saving, environment.clock(), gate.timeLimit()).verify(request, progress);
        writer.complete(saving, request, judged, gate.trustedRoot(environment));
        return verified(stores, request, environment, progress);
    }

    private Judged verified(
            ImageStores stores, VerifyRequest request, CommandEnvironment environment, Progress progress)
            throws AirworthyException, InterruptedException {
        try (HistoryOptions.OpenGate open = history.open(stores, gate.timeLimit(), environment, progress)) {
            return recalls.judging(open.gate(), environment).verify(request, progress);
        }
    }

    private List<ImageReference> images() throws InvalidInputException {
        List<ImageReference> images = new ArrayList<>();
        for (String reference : references.values()) {
            images.add(ImageReference.parse(reference));
        }
        return images;
    }

    private static VerdictList.Entry entry(Gate judge, VerifyRequest request, Progress progress)
            throws InterruptedException {
        String image = request.image().toString();
        try {
            return new VerdictList.Entry.Decided(image, new VerdictReport(judge.verify(request, progress)));
        } catch (InvalidInputException e) {
            return new VerdictList.Entry.Undecided(image, ExitStatus.INVALID, e.getMessage());
        } catch (AirworthyException e) {
            return new VerdictList.Entry.Undecided(image, ExitStatus.UNDECIDED, e.getMessage());
        }
    }
}
