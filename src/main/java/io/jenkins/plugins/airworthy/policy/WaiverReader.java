package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.image.name.NamePattern;
import io.jenkins.plugins.airworthy.policy.read.MatchableEntry;
import io.jenkins.plugins.airworthy.policy.read.YamlFields;
import io.jenkins.plugins.airworthy.policy.waiver.RecallWaiver;
import io.jenkins.plugins.airworthy.policy.waiver.VexJustification;
import io.jenkins.plugins.airworthy.policy.waiver.VulnerabilityId;
import io.jenkins.plugins.airworthy.policy.waiver.Waiver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the waivers of a policy, each for a vulnerability in a package or for a recall. */
record WaiverReader(List<Waiver> vulnerabilities, List<RecallWaiver> recalls) {
    static WaiverReader read(Optional<YamlValue> written) throws InvalidInputException {
        List<Waiver> vulnerabilities = new ArrayList<>();
        List<RecallWaiver> recalls = new ArrayList<>();
        if (written.isPresent()) {
            for (YamlValue waiver : YamlFields.some(written.get())) {
                if (waiver.map().containsKey("recall")) {
                    recalls.add(recall(waiver));
                } else {
                    vulnerabilities.add(vulnerability(waiver));
                }
            }
        }
        return new WaiverReader(vulnerabilities, recalls);
    }

    private static RecallWaiver recall(YamlValue waiver) throws InvalidInputException {
        waiver.mapOf(Set.of("recall", "images", "until", "reason", "by"));
        return new RecallWaiver(
                YamlFields.checked(waiver.member("recall"), MatchableEntry::recall),
                images(waiver),
                YamlFields.date(waiver.member("until")),
                YamlFields.text(waiver.member("reason")),
                YamlFields.text(waiver.member("by")));
    }

    private static Waiver vulnerability(YamlValue waiver) throws InvalidInputException {
        waiver.mapOf(Set.of("vulnerability", "package", "images", "until", "reason", "by", "justification"));
        List<NamePattern> images = images(waiver);
        YamlValue vulnerability = waiver.member("vulnerability");
        YamlFields.name(vulnerability);
        return new Waiver(
                YamlFields.checked(vulnerability, VulnerabilityId::require),
                YamlFields.checked(waiver.member("package"), Waiver::requirePackage),
                images,
                YamlFields.date(waiver.member("until")),
                YamlFields.text(waiver.member("reason")),
                YamlFields.text(waiver.member("by")),
                justification(waiver));
    }

    private static Optional<VexJustification> justification(YamlValue waiver) throws InvalidInputException {
        Optional<YamlValue> written = waiver.optional("justification");
        return written.isEmpty()
                ? Optional.empty()
                : VexJustification.of(YamlFields.word(written.get(), VexJustification.words()));
    }

    private static List<NamePattern> images(YamlValue waiver) throws InvalidInputException {
        List<NamePattern> images = new ArrayList<>();
        for (YamlValue image : YamlFields.some(waiver.member("images"))) {
            images.add(YamlFields.patternWithoutCaptures(image));
        }
        return images;
    }
}
