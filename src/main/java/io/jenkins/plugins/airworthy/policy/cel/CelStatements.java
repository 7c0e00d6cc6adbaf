package io.jenkins.plugins.airworthy.policy.cel;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.CertificateExtension;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Vulnerability;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.provenance.ProvenanceView;
import io.jenkins.plugins.airworthy.evidence.sbom.Sbom;
import io.jenkins.plugins.airworthy.evidence.sbom.SbomPackage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.policy.rule.LatestEvidence;
import io.jenkins.plugins.airworthy.policy.rule.RuleInput;
import io.jenkins.plugins.airworthy.policy.rule.ScanEvidence;
import io.jenkins.plugins.airworthy.policy.rule.TestsRule;
import io.jenkins.plugins.airworthy.policy.rule.Trust;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What an expression sees of statements: those that its rule trusts, about the digest asked for or the image that is judged, and of
 * each type those that decide. Without any, and if one cannot be read, there is a failure and never an empty list: nothing found
 * would look like nothing there.
 */
final class CelStatements {
    private final RuleInput image;
    private final Trust trust;
    private final CelJson json = new CelJson();

    CelStatements(RuleInput image, Trust trust) {
        this.image = image;
        this.trust = trust;
    }

    List<Vulnerability> vulnerabilities() throws AirworthyException {
        List<Vulnerability> found = new ArrayList<>();
        for (VerifiedEvidence evidence : deciding(image.digest(), PredicateTypes.VULNERABILITIES, ScanEvidence.NOUN)) {
            ScanResult result = read(ScanEvidence.NOUN, () -> ScanEvidence.complete(image, evidence));
            found.addAll(result.vulnerabilities());
        }
        return found;
    }

    CelStruct struct(Vulnerability one) {
        Map<String, Supplier<Object>> fields = new LinkedHashMap<>();
        fields.put("id", one::id);
        fields.put("package", one::packageName);
        fields.put("purl", () -> one.packageUrl().orElse(""));
        fields.put("version", one::installedVersion);
        fields.put("severity", () -> one.severity().toString());
        fields.put("fixed", () -> one.fixedVersion().orElse(""));
        fields.put("waived", () -> image.waivers().stream()
                .anyMatch(waiver -> waiver.covers(one) && !waiver.hasExpired(image.now())));
        one.published().ifPresent(at -> fields.put("published", () -> at));
        return new CelStruct(CelTypes.VULNERABILITY, fields);
    }

    PackageIndex packages() throws AirworthyException {
        List<Sbom> boms = new ArrayList<>();
        List<VerifiedEvidence> deciding = new ArrayList<>();
        for (String type : List.of(PredicateTypes.CYCLONEDX, PredicateTypes.SPDX)) {
            if (!LatestEvidence.believed(image, image.digest(), type, trust).isEmpty()) {
                deciding.addAll(deciding(image.digest(), type, "bill of materials"));
            }
        }
        for (VerifiedEvidence evidence : LatestEvidence.newest(deciding)) {
            boms.add(read("a bill of materials", () -> Sbom.parse(evidence.statement())));
        }
        if (boms.isEmpty()) {
            deciding(image.digest(), PredicateTypes.CYCLONEDX, "bill of materials");
        }
        return new PackageIndex(boms);
    }

    static CelStruct struct(SbomPackage one) {
        return new CelStruct(
                CelTypes.PACKAGE,
                Map.of(
                        "purl", one::url,
                        "name", one::name,
                        "version", () -> one.versions().stream().findFirst().orElse(""),
                        "licences", one::licences));
    }

    /** The newest result of each suite. */
    List<Object> tests() throws AirworthyException {
        List<Object> results = new ArrayList<>();
        for (TestResult result : TestsRule.newest(image, trust)) {
            Map<String, Supplier<Object>> fields = new LinkedHashMap<>();
            fields.put("suite", result::suite);
            fields.put("passed", result::passed);
            fields.put("failed", result::failures);
            fields.put("warned", result::warnings);
            result.skipped().ifPresent(number -> fields.put("skipped", () -> number));
            results.add(new CelStruct(CelTypes.TESTS, fields));
        }
        return List.copyOf(results);
    }

    List<Object> provenance() throws AirworthyException {
        List<Object> views = new ArrayList<>();
        for (VerifiedEvidence evidence : decidingAnywhere(PredicateTypes.PROVENANCE, "provenance")) {
            views.add(struct(read("provenance", () -> ProvenanceView.of(evidence))));
        }
        return List.copyOf(views);
    }

    private static CelStruct struct(ProvenanceView view) {
        Map<String, Supplier<Object>> fields = new LinkedHashMap<>();
        fields.put("builder", view::builder);
        fields.put("buildType", view::buildType);
        fields.put(
                "source",
                () -> new CelStruct(
                        CelTypes.SOURCE,
                        Map.of(
                                "repository", view.source()::repository,
                                "ref", view.source()::ref,
                                "commit", view.source()::commit)));
        fields.put("entryPoint", view::entryPoint);
        fields.put("invocation", view::invocation);
        fields.put("claimed", view::claimed);
        view.startedAt().ifPresent(at -> fields.put("startedAt", () -> at));
        view.finishedAt().ifPresent(at -> fields.put("finishedAt", () -> at));
        List<CelStruct> dependencies = view.dependencies().stream()
                .map(each -> new CelStruct(CelTypes.DEPENDENCY, Map.of("uri", each::uri, "digest", each::digest)))
                .toList();
        fields.put("dependencies", () -> dependencies);
        return new CelStruct(CelTypes.PROVENANCE, fields);
    }

    /**
     * What the deciding statements of a type say. Types that are judged alike decide together, so an older statement does not come back
     * because a newer one is of another version.
     */
    List<Object> predicates(String type) throws AirworthyException {
        String noun = "statement of the type " + type;
        List<Object> predicates = new ArrayList<>();
        Set<String> others = new TreeSet<>();
        for (VerifiedEvidence evidence : decidingAnywhere(PredicateTypes.judgedAs(type), noun)) {
            if (evidence.predicateType().equals(type)) {
                predicates.add(json.value(evidence.statement().predicate(), "the predicate of a " + noun));
            } else {
                others.add(evidence.predicateType());
            }
        }
        if (predicates.isEmpty()) {
            throw new InvalidInputException(
                    "no " + noun + " decides: the newest is of the type " + String.join(", ", others));
        }
        if (!others.isEmpty()) {
            throw new InvalidInputException("beside a " + noun + " also decides one of the type "
                    + String.join(", ", others) + ", which this does not look into");
        }
        return List.copyOf(predicates);
    }

    /** That statements are there, without what they say; none is no failure here. */
    List<CelStruct> evidence(List<VerifiedEvidence> visible) {
        return visible.stream().map(CelStatements::struct).toList();
    }

    private static CelStruct struct(VerifiedEvidence evidence) {
        List<String> keys = evidence.signer() instanceof Signer.Key key
                ? key.names().stream().sorted().toList()
                : List.of();
        Optional<Signer.Identity> identity =
                evidence.signer() instanceof Signer.Identity someone ? Optional.of(someone) : Optional.empty();
        Map<String, Supplier<Object>> fields = new LinkedHashMap<>();
        fields.put("predicateType", evidence::predicateType);
        fields.put("subject", () -> evidence.subject().toString());
        fields.put("observed", () -> Trust.observer(evidence).toString());
        fields.put("observedAt", () -> LatestEvidence.observedAt(evidence).orElse(Instant.EPOCH));
        fields.put("keys", () -> keys);
        fields.put("identity", () -> identity.map(Signer.Identity::subject).orElse(""));
        fields.put("issuer", () -> identity.map(Signer.Identity::issuer).orElse(""));
        fields.put("certificate", () -> identity.map(Signer.Identity::extensions).orElse(Map.of()).entrySet().stream()
                .collect(Collectors.toMap(each -> text(each.getKey()), Map.Entry::getValue)));
        return new CelStruct(CelTypes.EVIDENCE, fields);
    }

    private static String text(CertificateExtension extension) {
        return extension.toString();
    }

    private List<VerifiedEvidence> deciding(Digest about, String type, String noun) throws AirworthyException {
        return LatestEvidence.deciding(image, about, type, noun, trust);
    }

    /** Those that decide about the digest asked for, and those about the image that is judged. */
    private Set<VerifiedEvidence> decidingAnywhere(String type, String noun) throws AirworthyException {
        Set<VerifiedEvidence> deciding = new LinkedHashSet<>();
        for (Digest about : Set.copyOf(List.of(image.asked(), image.digest()))) {
            if (!LatestEvidence.believed(image, about, type, trust).isEmpty()) {
                deciding.addAll(deciding(about, type, noun));
            }
        }
        return deciding.isEmpty() ? Set.copyOf(deciding(image.asked(), type, noun)) : deciding;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws InvalidInputException;
    }

    private static <T> T read(String noun, Reading<T> reading) throws InvalidInputException {
        try {
            return reading.read();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(noun + " cannot be read: " + e.getMessage(), e);
        }
    }
}
