package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.NamePattern;
import io.jenkins.plugins.airworthy.policy.Mode;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.Route;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.policy.waiver.RecallWaiver;
import io.jenkins.plugins.airworthy.policy.waiver.Waiver;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code policy explain}: says in words what a policy asks for, item by item, and what an image still lacks. */
final class PolicyExplainCommand extends Command {
    private final Argument file = parameter("FILE", "The policy.");

    private final Argument image = optional(
            "--image", "REF", "Also judge this image, and say of each item what it still lacks and what to do next.");

    private final Argument target =
            optional("--target", "REF", "With --image: the name to which the image would be promoted.");

    private final GateOptions gate = with(GateOptions.withoutPolicy());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy policy explain production.yaml",
                "  airworthy policy explain production.yaml --image registry.example.com/staging/app:1.2 \\",
                "      --trust release=release.pub");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        PolicyFile read = PolicyFile.of(GateOptions.read("FILE", file.text()), environment);
        if (!image.given()) {
            if (target.given()) {
                throw new InvalidInputException("--target needs --image");
            }
            return Report.done(document(read), page -> write(page, read));
        }
        Optional<ImageReference> to =
                target.given() ? Optional.of(ImageReference.parse(target.text())) : Optional.empty();
        VerifyRequest request = new VerifyRequest(
                ImageReference.parse(image.text()),
                to,
                read.policy(),
                gate.keys(List.of(), environment, progress),
                gate.certificates(environment));
        GateOptions.report(request.missingTrust(), progress);
        Judged judged = new Gate(registries.stores(environment), environment.clock(), gate.timeLimit())
                .verify(request, progress);
        ObjectNode document = document(read);
        document.set("image", explained(judged, read.policy()));
        return Report.done(document, page -> {
            write(page, read);
            write(page, judged, read.policy());
        });
    }

    private static ObjectNode explained(Judged judged, Policy policy) {
        Verdict verdict = judged.verdict();
        ObjectNode explained = StrictJson.object()
                .put("reference", verdict.image().toString())
                .put("digest", verdict.digest().toString())
                .put("decision", verdict.decision().toString());
        ArrayNode items = explained.putArray("items");
        for (Verdict.Item item : verdict.items()) {
            ObjectNode entry = items.addObject()
                    .put("id", item.id())
                    .put("status", item.status().toString())
                    .put("reason", item.reason());
            item.platform().ifPresent(platform -> entry.put("platform", platform.toString()));
            NextStep.of(item, policy.checklist(), judged.image().pinned().toString())
                    .ifPresent(step -> entry.put("next", step));
        }
        return explained;
    }

    private static void write(TextReport page, Judged judged, Policy policy) {
        Verdict verdict = judged.verdict();
        page.line("");
        page.line(
                TextStyle.STRONG,
                "image    ",
                verdict.image() + (verdict.passed() ? " lacks nothing" : " does not pass yet"));
        for (Verdict.Item item : verdict.items()) {
            String about = item.id()
                    + item.platform().map(platform -> " on " + platform).orElse("");
            Optional<String> step = NextStep.of(
                    item, policy.checklist(), judged.image().pinned().toString());
            boolean warned = item.status() == Status.WARNED;
            page.line(
                    warned ? TextStyle.CAUTION : step.isPresent() ? TextStyle.BAD : TextStyle.GOOD,
                    warned ? "warning  " : step.isPresent() ? "lacks    " : "has      ",
                    about + ": " + item.reason());
            step.ifPresent(next -> page.line("           next: " + next));
        }
    }

    private static ObjectNode document(PolicyFile read) {
        ObjectNode document = read.document();
        ArrayNode images = document.putArray("images");
        read.policy().routes().forEach(route -> images.add(text(route)));
        ArrayNode items = document.putArray("checklist");
        for (Rule rule : read.policy().checklist()) {
            items.addObject()
                    .put("rule", rule.id())
                    .put("asks", RuleWords.asks(rule))
                    .put("believes", RuleWords.believes(rule));
        }
        ArrayNode waivers = document.putArray("waivers");
        read.policy().waivers().forEach(waiver -> waivers.addObject()
                .put("until", waiver.until().toString())
                .put("ended", read.isOver(waiver.until()))
                .put("text", text(waiver)));
        read.policy().recallWaivers().forEach(waiver -> waivers.addObject()
                .put("until", waiver.until().toString())
                .put("ended", read.isOver(waiver.until()))
                .put("text", text(waiver)));
        ArrayNode without = document.putArray("without");
        read.policy().without().forEach(omitted -> without.addObject()
                .put("rule", omitted.rule())
                .put("reason", omitted.reason()));
        return document;
    }

    private static void write(TextReport page, PolicyFile read) {
        Policy policy = read.policy();
        page.line(TextStyle.STRONG, "policy   ", "'" + policy.name() + "'");
        read.writeTo(page);
        if (policy.mode() == Mode.AUDIT) {
            page.line("mode     audit: it judges, and nothing may be promoted by it");
        }
        policy.expires().ifPresent(day -> page.line("expires  at the end of " + day + " (UTC)"));
        policy.routes().forEach(route -> page.line("images   " + text(route)));
        for (Rule rule : policy.checklist()) {
            page.line(TextStyle.STRONG, "item     ", rule.id() + ": " + RuleWords.asks(rule));
            page.line("           " + RuleWords.believes(rule));
        }
        for (Waiver waiver : policy.waivers()) {
            boolean over = read.isOver(waiver.until());
            page.line(over ? TextStyle.FAINT : TextStyle.CAUTION, over ? "ended    " : "waiver   ", text(waiver));
        }
        for (RecallWaiver waiver : policy.recallWaivers()) {
            boolean over = read.isOver(waiver.until());
            page.line(over ? TextStyle.FAINT : TextStyle.CAUTION, over ? "ended    " : "waiver   ", text(waiver));
        }
        policy.without()
                .forEach(
                        omitted -> page.line(TextStyle.CAUTION, "left out ", omitted.rule() + ": " + omitted.reason()));
    }

    private static String text(Route route) {
        String tags = route.tags().isEmpty()
                ? ""
                : ", with a tag that fits "
                        + route.tags().stream().map(tag -> tag.text()).collect(Collectors.joining(" or "));
        return route.from()
                + route.to()
                        .map(to -> ", which may be promoted to " + to + tags)
                        .orElse(", which are not promoted");
    }

    private static String text(Waiver waiver) {
        return accepted(
                waiver.vulnerability() + " in " + waiver.packageName(),
                waiver.until(),
                waiver.images(),
                waiver.by(),
                waiver.reason());
    }

    private static String text(RecallWaiver waiver) {
        return accepted("the recall " + waiver.recall(), waiver.until(), waiver.images(), waiver.by(), waiver.reason());
    }

    private static String accepted(String what, LocalDate until, List<NamePattern> images, String by, String reason) {
        return what + " is accepted until the end of " + until + " (UTC) for "
                + images.stream().map(Object::toString).collect(Collectors.joining(", ")) + ", by " + by + ": "
                + reason;
    }
}
