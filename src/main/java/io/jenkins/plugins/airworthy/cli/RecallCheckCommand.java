package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.recall.ImageFacts;
import io.jenkins.plugins.airworthy.recall.Recall;
import io.jenkins.plugins.airworthy.recall.RecallHit;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code recall check}: says which entries are about images, before a list is published or an image is promoted. */
final class RecallCheckCommand extends Command {
    /** The hits of one image that are shown; the others are counted. */
    private static final int SHOWN = 200;

    private final Argument list =
            parameter("LIST", "A file, or the repository of a published list, which is verified.");

    private final Argument images = repeated("--image", "REF", "An image. May be given several times.");

    private final TrustOptions trust = with(new TrustOptions());

    private final RecallOptions recalls = with(new RecallOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy recall check recalls.yaml --image registry.example.com/prod/app:1.2 \\",
                "      --trust release=release.pub");
    }

    /** What was found of one image. */
    private static final class Found {
        private final List<RecallHit> first = new ArrayList<>();
        private int count;
        private boolean refuses;

        void add(RecallHit hit) {
            count++;
            refuses |= hit.recall().action() != Recall.Action.REPORT;
            if (first.size() < SHOWN) {
                first.add(hit);
            }
        }
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        if (!images.given()) {
            throw new InvalidInputException("no image is named: add --image REF");
        }
        TrustedSigners signers = trust.signers(environment, progress);
        Map<String, ImageFacts> facts = new LinkedHashMap<>();
        Map<String, Found> found = new LinkedHashMap<>();
        for (String image : images.values()) {
            facts.put(image, facts(ImageReference.parse(image), signers, environment));
            found.put(image, new Found());
        }
        DocumentHead head = RecallList.of(list.text(), recalls, environment)
                .read(
                        registries,
                        environment,
                        recall -> facts.forEach(
                                (image, each) -> each.hitBy(recall).ifPresent(found.get(image)::add)));
        return report(head, found);
    }

    private ImageFacts facts(ImageReference reference, TrustedSigners signers, CommandEnvironment environment)
            throws AirworthyException, InterruptedException {
        try (ImageStore store = registries.stores(environment).open(reference)) {
            ResolvedImage image = ImageReader.read(store, reference);
            image.requireWhole("checked");
            Set<Digest> subjects = new LinkedHashSet<>();
            subjects.add(image.digest());
            image.platforms().stream().map(PlatformImage::digest).forEach(subjects::add);
            List<VerifiedEvidence> evidence = new ArrayList<>();
            for (Digest subject : subjects) {
                evidence.addAll(EvidenceReader.read(store, subject, signers).verified());
            }
            return ImageFacts.of(image, evidence);
        }
    }

    private static Report report(DocumentHead head, Map<String, Found> found) {
        ObjectNode document = RecallText.document(head);
        ArrayNode array = document.putArray("images");
        found.forEach((image, each) -> {
            ObjectNode json = array.addObject()
                    .put("image", image)
                    .put("hits", each.count)
                    .put("refuses", each.refuses);
            ArrayNode hits = json.putArray("recalls");
            for (RecallHit hit : each.first) {
                hits.addObject()
                        .put("id", hit.recall().id().toString())
                        .put("action", hit.recall().action().toString())
                        .put("known", hit.known())
                        .put("about", hit.isOfImage() ? "image" : "statements")
                        .put("reason", hit.reason());
            }
        });
        boolean refuses = found.values().stream().anyMatch(each -> each.refuses);
        return new Report(refuses ? ExitStatus.REFUSED : ExitStatus.DONE, document, page -> {
            page.line(TextStyle.STRONG, "list     ", head.toString());
            found.forEach((image, each) -> {
                page.line(
                        each.count > 0 ? TextStyle.BAD : TextStyle.GOOD,
                        each.count > 0 ? "recalled " : "clear    ",
                        image + ": " + Count.of(each.count, "entry is", "entries are") + " about it");
                each.first.forEach(
                        hit -> page.line("  " + hit.text() + " [" + hit.recall().action() + "]"));
                if (each.count > each.first.size()) {
                    page.line("  and " + (each.count - each.first.size()) + " more");
                }
            });
        });
    }
}
