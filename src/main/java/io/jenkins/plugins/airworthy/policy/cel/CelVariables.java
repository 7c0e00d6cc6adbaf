package io.jenkins.plugins.airworthy.policy.cel;

import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.runtime.CelVariableResolver;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Vulnerability;
import io.jenkins.plugins.airworthy.evidence.sbom.SbomPackage;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.rule.ExpressionRule;
import io.jenkins.plugins.airworthy.policy.rule.RuleInput;
import io.jenkins.plugins.airworthy.policy.rule.Trust;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The variables of an expression. Each is read when the expression comes to it, once, and not at all if it does not. */
final class CelVariables implements CelVariableResolver {
    static final String EVIDENCE = "evidence";
    static final String VULNERABILITIES = "vulnerabilities";
    static final String PACKAGES = "packages";
    static final String TESTS = "tests";
    static final String PROVENANCE = "provenance";

    /** Maximum length of a list: a loop could not go through a longer one. */
    static final int MAX_LIST = CelCondition.MAX_ITERATIONS;

    private final RuleInput image;
    private final Trust trust;
    private final CelReads reads;
    private final CelStatements statements;

    CelVariables(RuleInput image, Trust trust, CelReads reads) {
        this.image = image;
        this.trust = trust;
        this.reads = reads;
        this.statements = new CelStatements(image, trust);
    }

    static CelCompilerBuilder declare(CelCompilerBuilder compiler) {
        return CelLookups.declare(compiler.setTypeProvider(new CelTypes())
                .addVar("image", CelTypes.IMAGE)
                .addVar("target", CelTypes.TARGET)
                .addVar("now", SimpleType.TIMESTAMP)
                .addVar(EVIDENCE, ListType.create(CelTypes.EVIDENCE))
                .addVar(VULNERABILITIES, ListType.create(CelTypes.VULNERABILITY))
                .addVar(PACKAGES, ListType.create(CelTypes.PACKAGE))
                .addVar(TESTS, ListType.create(CelTypes.TESTS))
                .addVar(PROVENANCE, ListType.create(CelTypes.PROVENANCE)));
    }

    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case "image" -> once(name, () -> CelImage.of(image, reads));
            case "target" -> once(name, this::target);
            case "now" -> Optional.of(image.now());
            case EVIDENCE -> once(name, () -> statements.evidence(ExpressionRule.visible(image, trust)));
            case VULNERABILITIES -> once(name, this::vulnerabilities);
            case PACKAGES -> once(name, this::packages);
            case TESTS -> once(name, statements::tests);
            case PROVENANCE -> once(name, statements::provenance);
            case CelLookups.VULNERABILITIES_INDEX -> once(name, this::vulnerabilitiesById);
            case CelLookups.PACKAGES_INDEX -> once(name, this::packagesByName);
            case CelLookups.PREDICATES_INDEX -> once(name, this::predicatesByType);
            default -> Optional.empty();
        };
    }

    private Optional<Object> once(String name, CelReads.Read read) {
        return Optional.of(reads.once(name, read));
    }

    private CelStruct target() {
        return new CelStruct(
                CelTypes.TARGET,
                Map.of(
                        "name",
                                () -> image.target()
                                        .map(ImageReference::repository)
                                        .orElse(""),
                        "tag", () -> image.target().flatMap(ImageReference::tag).orElse("")));
    }

    @SuppressWarnings("unchecked") // the only thing that is read under this name
    private List<Vulnerability> found() {
        return (List<Vulnerability>) reads.once("found vulnerabilities", statements::vulnerabilities);
    }

    private PackageIndex listed() {
        return (PackageIndex) reads.once("listed packages", statements::packages);
    }

    private List<CelStruct> vulnerabilities() throws AirworthyException {
        List<Vulnerability> found = found();
        requireShort(found.size(), VULNERABILITIES);
        return found.stream().map(statements::struct).toList();
    }

    private List<CelStruct> packages() throws AirworthyException {
        List<SbomPackage> listed = listed().packages();
        requireShort(listed.size(), PACKAGES);
        return listed.stream().map(CelStatements::struct).toList();
    }

    private static void requireShort(int size, String list) throws AirworthyException {
        if (size > MAX_LIST) {
            throw new InvalidInputException(list + " has " + size + " entries, more than the " + MAX_LIST
                    + " that a loop could go through; look one up with " + list + ".of(…)");
        }
    }

    private CelLookups.Index vulnerabilitiesById() {
        Map<String, List<Object>> byId = new HashMap<>();
        for (Vulnerability one : found()) {
            CelStruct struct = statements.struct(one);
            byId.computeIfAbsent(key(one.id()), added -> new ArrayList<>(1)).add(struct);
            one.otherNames().stream()
                    .map(CelVariables::key)
                    .filter(other -> !other.equals(key(one.id())))
                    .distinct()
                    .forEach(other -> byId.computeIfAbsent(other, added -> new ArrayList<>(1))
                            .add(struct));
        }
        return new CelLookups.Index(text -> List.copyOf(byId.getOrDefault(key(text), List.of())));
    }

    /** Identifiers are compared without case, as in waivers. */
    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    @SuppressWarnings("unchecked")
    private CelLookups.Index packagesByName() {
        PackageIndex listed = listed();
        return new CelLookups.Index(text -> (List<Object>) reads.now(
                () -> listed.of(text).stream().map(CelStatements::struct).toList()));
    }

    @SuppressWarnings("unchecked")
    private CelLookups.Index predicatesByType() {
        return new CelLookups.Index(
                text -> (List<Object>) reads.once("predicates " + text, () -> statements.predicates(text)));
    }
}
