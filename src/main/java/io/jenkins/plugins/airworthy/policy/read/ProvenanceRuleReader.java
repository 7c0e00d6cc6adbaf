package io.jenkins.plugins.airworthy.policy.read;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.image.name.NamePattern;
import io.jenkins.plugins.airworthy.policy.rule.AcceptedBuild;
import io.jenkins.plugins.airworthy.policy.rule.ProvenanceRule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the rule about provenance: one way to build, or a list of them. Each way of a list is complete in itself; nothing stands
 * beside the list that could be taken for a part of all.
 *
 * @param captures the captures that every {@code from} pattern of the policy has; a source may use only these
 */
record ProvenanceRuleReader(TrustReader trust, Set<String> captures) {
    /** How many ways one rule may accept. */
    private static final int MAX_ALTERNATIVES = 20;

    private static final String ACCEPT = "accept";
    private static final Set<String> PARTS = Set.of("builders", "sources", "adopted", RuleReader.TRUST);
    private static final Set<String> KEYS = Set.of(ACCEPT, "builders", "sources", "adopted", RuleReader.TRUST);

    ProvenanceRule provenance(YamlValue rule) throws InvalidInputException {
        EnforcementReader.members(rule, KEYS.toArray(String[]::new));
        Optional<YamlValue> accept = rule.optional(ACCEPT);
        if (accept.isEmpty()) {
            return new ProvenanceRule(List.of(build(rule)));
        }
        for (String beside : rule.map().keySet()) {
            if (PARTS.contains(beside)) {
                throw rule.map()
                        .get(beside)
                        .error("'" + beside + "' belongs into each alternative of '" + ACCEPT + "', not beside it");
            }
        }
        List<AcceptedBuild> builds = new ArrayList<>();
        for (YamlValue alternative : YamlFields.some(accept.get())) {
            if (builds.size() == MAX_ALTERNATIVES) {
                throw alternative.error("more than the allowed " + MAX_ALTERNATIVES + " alternatives");
            }
            if (!alternative.isMap()) {
                throw alternative.error("expected a map, such as {builders: [...], sources: [...]}");
            }
            alternative.mapOf(PARTS);
            builds.add(build(alternative));
        }
        return new ProvenanceRule(builds);
    }

    private AcceptedBuild build(YamlValue build) throws InvalidInputException {
        Set<String> builders = Set.copyOf(YamlFields.all(build.member("builders"), MatchableEntry::builder));
        List<AcceptedBuild.Source> sources = new ArrayList<>();
        Optional<YamlValue> written = build.optional("sources");
        if (written.isPresent()) {
            for (YamlValue source : YamlFields.some(written.get())) {
                sources.add(source(source));
            }
        }
        Optional<YamlValue> adopted = build.optional("adopted");
        return new AcceptedBuild(
                builders, sources, adopted.isPresent() && adopted.get().truth(), trust.of(build));
    }

    private AcceptedBuild.Source source(YamlValue source) throws InvalidInputException {
        source.mapOf(Set.of("repository", "refs"));
        YamlValue written = source.member("repository");
        NamePattern repository = YamlFields.checked(written, NamePattern::ofUrls);
        for (String capture : repository.captures()) {
            if (!captures.contains(capture)) {
                throw written.error("{" + capture + "} is not bound by the 'from' of every entry of 'images'");
            }
        }
        return new AcceptedBuild.Source(repository, YamlFields.all(source.member("refs"), MatchableEntry::ref));
    }
}
