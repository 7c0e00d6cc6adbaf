package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.sbom.LicenceExpression;
import io.jenkins.plugins.airworthy.evidence.sbom.LicenceExpression.Judgement;
import io.jenkins.plugins.airworthy.evidence.sbom.Sbom;
import io.jenkins.plugins.airworthy.evidence.sbom.SbomPackage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Demands that the deciding bill of materials lists no package whose licences leave no choice but a denied one.
 *
 * @param deny identifiers of licences; one that ends in {@code -*} means all that begin so
 * @param unknownAllowed whether a package may have a licence that is not on the list of SPDX, or none
 */
public record LicencesRule(Set<String> deny, boolean unknownAllowed, boolean emptyAllowed, Trust trust)
        implements EvidenceRule {
    public static final String KIND = "licences";

    /** The end of an entry that means several licences. */
    public static final String REST = "-*";

    public LicencesRule {
        deny = Set.copyOf(deny);
    }

    @Override
    public String id() {
        return KIND;
    }

    @Override
    public boolean misses(RuleInput image, RecordedStatement signed) {
        return SbomEvidence.misses(image, trust, signed);
    }

    @Override
    public ConsultedEvidence asks() {
        return SbomEvidence.asked(trust);
    }

    @Override
    public Outcome judge(RuleInput image) {
        return SbomEvidence.judge(image, trust, emptyAllowed, this::check);
    }

    private Outcome check(Sbom sbom, List<VerifiedEvidence> evidence) {
        List<String> denied = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Map<String, Judgement> known = new HashMap<>(); // few texts occur many times
        for (SbomPackage each : sbom.packages()) {
            Judgement judgement = each.licences().stream()
                    .map(text -> known.computeIfAbsent(text, t -> LicenceExpression.judge(t, this::isDenied)))
                    .reduce(each.licences().isEmpty() ? Judgement.UNKNOWN : Judgement.ALLOWED, Judgement::and);
            String told = each.label() + ": "
                    + (each.licences().isEmpty() ? "no licence" : String.join(" and ", each.licences()));
            if (judgement == Judgement.DENIED) {
                denied.add(told);
            } else if (judgement == Judgement.UNKNOWN && each.installed()) {
                unknown.add(told);
            }
        }
        List<String> reasons = new ArrayList<>();
        if (!denied.isEmpty()) {
            reasons.add(Count.of(denied.size(), "package has", "packages have") + " a denied licence: "
                    + Outcome.summary(denied));
        }
        boolean refused = !denied.isEmpty() || !(unknown.isEmpty() || unknownAllowed);
        if (!refused) {
            reasons.add("none denied among " + SbomEvidence.extent(sbom));
        }
        if (!unknown.isEmpty()) {
            reasons.add(Count.of(unknown.size(), "package has", "packages have") + " no known licence"
                    + (unknownAllowed ? "" : " (a policy may say unknown: allow): " + Outcome.summary(unknown)));
            denied.addAll(unknown);
        }
        return new Outcome(refused ? Status.FAILED : Status.PASSED, String.join("; ", reasons), denied, evidence);
    }

    private boolean isDenied(String id) {
        String lower = id.toLowerCase(Locale.ROOT);
        return deny.stream().map(entry -> entry.toLowerCase(Locale.ROOT)).anyMatch(entry -> {
            String begin = entry.endsWith(REST) ? entry.substring(0, entry.length() - REST.length()) : entry;
            return lower.equals(begin) || (entry.endsWith(REST) && lower.startsWith(begin + "-"));
        });
    }
}
