package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.policy.Mode;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.Route;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.waiver.Waiver;

import java.util.List;
import java.util.stream.Collectors;

/** {@code policy explain}: says in words what a policy asks for, item by item. */
final class PolicyExplainCommand extends Command {
    private final Argument file = parameter("FILE", "The policy.");

    @Override
    List<String> examples() {
        return List.of("  airworthy policy explain production.yaml");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException {
        PolicyFile read = PolicyFile.of(GateOptions.read("FILE", file.text()), environment);
        return Report.done(document(read), page -> write(page, read));
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
        return waiver.vulnerability() + " in " + waiver.packageName() + " is accepted until the end of "
                + waiver.until()
                + " (UTC) for "
                + waiver.images().stream().map(Object::toString).collect(Collectors.joining(", ")) + ", by "
                + waiver.by() + ": " + waiver.reason();
    }
}
