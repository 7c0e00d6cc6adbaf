package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.sbom.LicenceExpression;
import io.jenkins.plugins.airworthy.evidence.sbom.LicenceExpression.Judgement;
import io.jenkins.plugins.airworthy.evidence.sbom.LicenceList;
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

    private static final String ONLY = "-only";
    private static final String OR_LATER = "-or-later";

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

    /**
     * Whether a licence is denied under one of its names. The list keeps older names: {@code AGPL-3.0} is {@code AGPL-3.0-only}, often
     * written for {@code AGPL-3.0-or-later}, and {@code GPL-2.0-with-font-exception} names an exception that changes nothing here.
     */
    private boolean isDenied(String id) {
        String lower = id.toLowerCase(Locale.ROOT);
        int exception = lower.indexOf("-with-");
        String plain = exception > 0 && LicenceList.has(lower) ? lower.substring(0, exception) : lower;
        boolean older = LicenceList.has(plain + ONLY);
        return isNamed(lower)
                || isNamed(plain)
                || (older && (isNamed(plain + ONLY) || isNamed(plain + OR_LATER)))
                || (plain.endsWith(ONLY) && isNamed(plain.substring(0, plain.length() - ONLY.length())))
                || (plain.endsWith(OR_LATER) && isNamed(plain.substring(0, plain.length() - OR_LATER.length())));
    }

    private boolean isNamed(String lower) {
        return deny.stream().map(entry -> entry.toLowerCase(Locale.ROOT)).anyMatch(entry -> {
            String begin = entry.endsWith(REST) ? entry.substring(0, entry.length() - REST.length()) : entry;
            return lower.equals(begin) || (entry.endsWith(REST) && lower.startsWith(begin + "-"));
        });
    }
}
