package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.rule.Outcome;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.RuleInput;
import io.jenkins.plugins.airworthy.policy.rule.Scope;
import io.jenkins.plugins.airworthy.policy.rule.Status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges one image by one policy. It evaluates the whole checklist, even if items fail. */
final class PolicyEvaluation {
    /** What stands beside the item of a rule that warns, which may have passed. */
    private static final String ONLY_WARNS = "what only warns above is not required, ";

    private final Policy policy;
    private final Candidate candidate;
    private final Instant now;
    private final List<Route> matching;
    private final RuleInput asked;
    private final List<Verdict.Item> items = new ArrayList<>();

    PolicyEvaluation(Policy policy, Candidate candidate, Instant now) {
        this.policy = policy;
        this.candidate = candidate;
        this.now = now;
        this.matching = policy.routes().stream()
                .filter(route -> route.match(candidate.image()).isPresent())
                .toList();
        this.asked = new RuleInput(
                candidate.image(),
                candidate.target(),
                candidate.digest(),
                Optional.empty(),
                route().flatMap(route -> route.match(candidate.image())).orElse(Map.of()),
                candidate.evidence(),
                candidate.bases(),
                candidate.platforms().stream().map(PlatformImage::platform).toList(),
                candidate.unsignedAttestations(),
                policy.waivers().stream()
                        .filter(waiver -> waiver.isFor(candidate.image()))
                        .toList(),
                now);
    }

    /** The case of the requested digest, as rules see it. */
    RuleInput asked() {
        return asked;
    }

    Verdict verdict() throws InterruptedException {
        judgeExpiry();
        judgeName();
        judgeImage();
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (Rule rule : policy.checklist()) {
            int number = seen.merge(rule.id(), 1, Integer::sum);
            judge(rule, number == 1 ? rule.id() : rule.id() + "#" + number);
        }
        judgeUnread();
        judgeWeight();
        for (Omission left : policy.without()) {
            if (!isEnforced(left.rule())) {
                items.add(Verdict.Item.of(
                        left.rule(),
                        Status.NOT_APPLICABLE,
                        (isListed(left.rule()) ? ONLY_WARNS : "") + "by the policy: " + left.reason()));
            }
        }
        return new Verdict(
                candidate.image(),
                candidate.digest(),
                candidate.target(),
                policy.name(),
                policy.digest(),
                policy.mode(),
                now,
                items);
    }

    private void judgeExpiry() {
        policy.expires()
                .ifPresent(day -> items.add(
                        policy.hasExpired(now)
                                ? Verdict.Item.of("expires", Status.FAILED, "the policy expired after " + day)
                                : Verdict.Item.of("expires", Status.PASSED, "the policy is valid until " + day)));
    }

    private void judgeName() {
        Optional<Route> route = route();
        if (route.isEmpty()) {
            items.add(Verdict.Item.of(
                    "images",
                    Status.FAILED,
                    "the policy is not for '" + candidate.image().repository() + "': no entry of 'images' fits"));
            return;
        }
        Optional<String> refusal = candidate.target().flatMap(target -> refusal(route.get(), target));
        items.add(
                refusal.isPresent()
                        ? Verdict.Item.of("images", Status.FAILED, refusal.get())
                        : Verdict.Item.of(
                                "images",
                                Status.PASSED,
                                "named as '" + route.get().from() + "'"));
    }

    /** Finds the first route that fits the image's name and the target, otherwise the first that fits the name. */
    private Optional<Route> route() {
        Optional<ImageReference> target = candidate.target();
        return matching.stream()
                .filter(route ->
                        target.isEmpty() || refusal(route, target.get()).isEmpty())
                .findFirst()
                .or(() -> matching.stream().findFirst());
    }

    private Optional<String> refusal(Route route, ImageReference target) {
        return route.refusal(route.match(candidate.image()).orElseThrow(), target);
    }

    private void judgeImage() {
        for (String problem : candidate.problems()) {
            items.add(Verdict.Item.of("image", Status.FAILED, problem));
        }
        if (candidate
                .image()
                .digest()
                .filter(d -> !d.equals(candidate.digest()))
                .isPresent()) {
            items.add(Verdict.Item.of(
                    "image", Status.FAILED, "the digest asked for is not the one read: " + candidate.digest()));
        }
        if (candidate.platforms().isEmpty()) {
            items.add(Verdict.Item.of("image", Status.FAILED, "there is no image that could run"));
        }
    }

    private void judge(Rule rule, String id) throws InterruptedException {
        for (RuleInput image : cases(rule)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            items.add(Verdict.Item.of(id, image.image().map(PlatformImage::platform), judge(rule, image))
                    .warning(rule.warns(now)));
        }
    }

    /** The cases that a rule judges. */
    private List<RuleInput> cases(Rule rule) {
        List<RuleInput> each = candidate.platforms().stream().map(asked::of).toList();
        boolean ofEach = rule.scope() == Scope.EACH_PLATFORM
                || (rule.scope() == Scope.ASKED_OR_EACH_PLATFORM
                        && !rule.hasEvidence(asked)
                        && each.stream().anyMatch(rule::hasEvidence));
        return ofEach ? each : List.of(asked);
    }

    /** Requires recorded statements that could decide to be among the evidence: everyone who may push can remove evidence from a list. */
    private void judgeUnread() {
        List<String> missed = candidate.unread().stream()
                .filter(signed -> policy.checklist().stream()
                        .anyMatch(rule -> cases(rule).stream().anyMatch(image -> rule.misses(image, signed))))
                .map(HiddenStatementText::describe)
                .distinct()
                .toList();
        if (!missed.isEmpty()) {
            items.add(Verdict.Item.of("evidence", Optional.empty(), HiddenStatementText.refusal(missed)));
        }
    }

    /** Whether there is a rule of this kind, enforced or not. */
    private boolean isListed(String kind) {
        return policy.checklist().stream()
                .anyMatch(rule -> rule.id().split(":", 2)[0].equals(kind));
    }

    /** Whether a rule of this kind is enforced; before its day it is left out for the reason that the policy gives. */
    private boolean isEnforced(String kind) {
        for (Rule rule : policy.checklist()) {
            if (rule.id().split(":", 2)[0].equals(kind) && !rule.warns(now)) {
                return true;
            }
        }
        return false;
    }

    /** Says why nothing passes by a policy that only warns. */
    private void judgeWeight() {
        for (Rule rule : policy.checklist()) {
            if (!rule.warns(now)) {
                return;
            }
        }
        items.add(Verdict.Item.of(
                "checklist", Status.FAILED, "no rule of the policy is enforced yet, and warnings pass no image"));
    }

    /** Judges by one rule. A bug in it must neither pass the image nor hide the outcomes of the other rules. */
    private static Outcome judge(Rule rule, RuleInput image) {
        try {
            return rule.judge(image);
        } catch (RuntimeException | StackOverflowError e) {
            String reason = "the rule '" + rule.id() + "' broke down ("
                    + e.getClass().getSimpleName() + "); this is a fault in Airworthy and the image is not passed";
            return new Outcome(Status.FAILED, reason, List.of(), List.of());
        }
    }
}
