package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictYaml;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.NamePattern;
import io.jenkins.plugins.airworthy.policy.read.ForeignPolicy;
import io.jenkins.plugins.airworthy.policy.read.MatchableEntry;
import io.jenkins.plugins.airworthy.policy.read.RuleReader;
import io.jenkins.plugins.airworthy.policy.read.TrustReader;
import io.jenkins.plugins.airworthy.policy.read.YamlFields;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.WarningRule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a policy document. Every error names document, line and column. */
final class PolicyReader {
    /** Maximum number of rules in a checklist. */
    static final int MAX_RULES = 64;

    /** The rules that a policy must contain, or omit with a reason. */
    private static final List<String> EXPECTED = List.of("signature", "vulnerabilities");

    /** What a policy may leave out with a reason: any rule, and what the gate looks at by itself. */
    private static final List<String> OMISSIBLE = Stream.concat(
                    RuleReader.KINDS.stream().sorted(), Stream.of("downgrade"))
            .toList();

    private static final String VERSION = "airworthy/v1";
    private static final String KIND = "Policy";

    private PolicyReader() {}

    static Policy read(byte[] yaml, String document) throws InvalidInputException {
        YamlValue root = StrictYaml.parse(yaml, document);
        ForeignPolicy.refuse(root);
        root.mapOf(Set.of("apiVersion", "kind", "metadata", "spec"));
        YamlFields.word(root.member("apiVersion"), List.of(VERSION));
        YamlFields.word(root.member("kind"), List.of(KIND));
        YamlValue metadata = root.member("metadata");
        metadata.mapOf(Set.of("name"));
        YamlValue spec = root.member("spec");
        spec.mapOf(Set.of("mode", "expires", "trust", "images", "checklist", "waivers", "without"));

        List<Route> routes = routes(spec.member("images"));
        TrustReader trust = TrustReader.read(spec);
        RuleReader rules = new RuleReader(trust, capturesOfAll(routes));
        YamlValue checklist = spec.member("checklist");
        List<Rule> read = checklist(checklist, rules);
        Set<String> enforced = new LinkedHashSet<>();
        for (int i = 0; i < read.size(); i++) {
            if (!(read.get(i) instanceof WarningRule)) {
                enforced.addAll(checklist.list().get(i).map().keySet());
            }
        }
        List<Omission> without = without(spec, enforced);
        WaiverReader waivers = WaiverReader.read(spec.optional("waivers"));
        requireNoSilentHole(checklist, enforced, without);
        return new Policy(
                YamlFields.name(metadata.member("name"), "a policy"),
                Digest.of(yaml),
                mode(spec),
                expires(spec),
                trust.whole(),
                routes,
                read,
                waivers.vulnerabilities(),
                waivers.recalls(),
                without);
    }

    private static Mode mode(YamlValue spec) throws InvalidInputException {
        Optional<YamlValue> mode = spec.optional("mode");
        boolean audit = mode.isPresent()
                && YamlFields.word(mode.get(), List.of(Mode.ENFORCE.toString(), Mode.AUDIT.toString()))
                        .equals(Mode.AUDIT.toString());
        return audit ? Mode.AUDIT : Mode.ENFORCE;
    }

    private static Optional<LocalDate> expires(YamlValue spec) throws InvalidInputException {
        Optional<YamlValue> expires = spec.optional("expires");
        return expires.isEmpty() ? Optional.empty() : Optional.of(YamlFields.date(expires.get()));
    }

    private static List<Route> routes(YamlValue images) throws InvalidInputException {
        List<Route> routes = new ArrayList<>();
        for (YamlValue image : YamlFields.some(images)) {
            routes.add(route(image));
        }
        return routes;
    }

    private static Route route(YamlValue image) throws InvalidInputException {
        image.mapOf(Set.of("from", "to", "tags"));
        NamePattern from = YamlFields.checked(image.member("from"), NamePattern::ofImages);
        Optional<YamlValue> written = image.optional("to");
        Optional<NamePattern> to = Optional.empty();
        if (written.isPresent()) {
            to = Optional.of(YamlFields.checked(written.get(), NamePattern::ofImages));
            if (!to.get().isDefinite()) {
                throw written.get().error("a target must be definite: use {x} as 'from' binds it, not * or **");
            }
            for (String capture : to.get().captures()) {
                if (!from.captures().contains(capture)) {
                    throw written.get().error("{" + capture + "} is not bound by 'from'");
                }
            }
        }
        Optional<YamlValue> tags = image.optional("tags");
        if (tags.isPresent() && to.isEmpty()) {
            throw tags.get().error("'tags' are tags of the target, but there is no 'to'");
        }
        return new Route(from, to, tags.isEmpty() ? List.of() : YamlFields.all(tags.get(), MatchableEntry::tag));
    }

    private static Set<String> capturesOfAll(List<Route> routes) {
        Set<String> captures = new HashSet<>(routes.get(0).from().captures());
        routes.forEach(route -> captures.retainAll(route.from().captures()));
        return captures;
    }

    private static List<Rule> checklist(YamlValue checklist, RuleReader reader) throws InvalidInputException {
        List<Rule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<YamlValue> items = YamlFields.some(checklist);
        if (items.size() > MAX_RULES) {
            throw checklist.error("more than the allowed " + MAX_RULES + " rules");
        }
        for (YamlValue item : items) {
            Rule rule = reader.read(item);
            if (!ids.add(rule.id()) && item.map().containsKey("expression")) {
                throw item.error("two expressions have the id '" + rule.id() + "'");
            }
            rules.add(rule);
        }
        return rules;
    }

    private static List<Omission> without(YamlValue spec, Set<String> enforced) throws InvalidInputException {
        List<Omission> without = new ArrayList<>();
        Optional<YamlValue> written = spec.optional("without");
        if (written.isPresent()) {
            for (YamlValue entry : YamlFields.some(written.get())) {
                entry.mapOf(Set.of("rule", "reason"));
                YamlValue rule = entry.member("rule");
                String kind = YamlFields.word(rule, OMISSIBLE);
                if (enforced.contains(kind)) {
                    throw rule.error("the checklist has the rule '" + kind + "'");
                }
                if (without.stream().anyMatch(w -> w.rule().equals(kind))) {
                    throw rule.error("named twice");
                }
                without.add(new Omission(kind, YamlFields.text(entry.member("reason"))));
            }
        }
        return without;
    }

    private static void requireNoSilentHole(YamlValue checklist, Set<String> enforced, List<Omission> without)
            throws InvalidInputException {
        for (String rule : EXPECTED) {
            if (!enforced.contains(rule)
                    && without.stream().noneMatch(w -> w.rule().equals(rule))) {
                throw checklist.error(
                        "the rule '" + rule + "' is missing, or only warns; add it, or say why it is left out with"
                                + " without: [{rule: " + rule + ", reason: ...}]");
            }
        }
    }
}
