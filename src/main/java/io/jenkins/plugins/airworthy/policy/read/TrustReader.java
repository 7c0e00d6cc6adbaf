package io.jenkins.plugins.airworthy.policy.read;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.evidence.CertificateExtension;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.policy.rule.RequiredProof;
import io.jenkins.plugins.airworthy.policy.rule.Signatories;
import io.jenkins.plugins.airworthy.policy.rule.Trust;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The trust of a policy for all its rules; the {@code trust} of a rule replaces each part that it names.
 * Keys and identities are one part: a rule that names its own key does not also trust the policy's identities.
 * What must be proven of signatures is a part each, so a rule with other keys still asks for the policy's log entry.
 * Refuses a rule whose resulting trust has no signer or no observer.
 */
public record TrustReader(
        Optional<Signatories> signatories,
        Optional<Observer> observed,
        Optional<Boolean> log,
        Optional<Boolean> timestamp) {
    private static final String TRUST = "trust";
    private static final String KEYS = "keys";
    private static final String IDENTITIES = "identities";
    private static final Set<String> PARTS = Set.of(KEYS, IDENTITIES, "observed", "log", "timestamp");

    /** Reads the policy's trust, which may be absent if every rule has its own. */
    public static TrustReader read(YamlValue spec) throws InvalidInputException {
        return new TrustReader(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())
                .overriddenBy(spec);
    }

    /** The trust for what no rule looks at; empty if the policy names no signer, or no observer, for all rules. */
    public Optional<Trust> whole() {
        return signatories.isEmpty() || observed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Trust(signatories.get().proven(proof()), observed.get()));
    }

    private RequiredProof proof() {
        return new RequiredProof(log.orElse(false), timestamp.orElse(false));
    }

    Signatories signatories(YamlValue rule) throws InvalidInputException {
        TrustReader trust = overriddenBy(rule);
        return trust.signatories
                .map(signers -> signers.proven(trust.proof()))
                .orElseThrow(() -> rule.error("no signer is trusted for this: name keys or identities in 'trust' of the"
                        + " rule or of the policy"));
    }

    Trust of(YamlValue rule) throws InvalidInputException {
        Observer observer = overriddenBy(rule)
                .observed
                .orElseThrow(() -> rule.error(
                        "no least observer is set: name 'observed' in 'trust' of the rule or of the policy, one of "
                                + List.of(Observer.values())));
        return new Trust(signatories(rule), observer);
    }

    private TrustReader overriddenBy(YamlValue holder) throws InvalidInputException {
        Optional<YamlValue> trust = holder.optional(TRUST);
        if (trust.isEmpty()) {
            return this;
        }
        if (trust.get().mapOf(PARTS).isEmpty()) {
            throw trust.get().error("names no signer and no observer");
        }
        Optional<YamlValue> keys = trust.get().optional(KEYS);
        Optional<YamlValue> identities = trust.get().optional(IDENTITIES);
        Optional<YamlValue> observer = trust.get().optional("observed");
        return new TrustReader(
                keys.isEmpty() && identities.isEmpty()
                        ? signatories
                        : Optional.of(new Signatories(names(keys), identities(identities))),
                observer.isEmpty()
                        ? observed
                        : Optional.of(YamlFields.word(observer.get(), Observer::of, List.of(Observer.values()))),
                required(trust.get().optional("log"), log),
                required(trust.get().optional("timestamp"), timestamp));
    }

    private static Optional<Boolean> required(Optional<YamlValue> written, Optional<Boolean> before)
            throws InvalidInputException {
        return written.isEmpty()
                ? before
                : Optional.of(YamlFields.word(written.get(), List.of("required", "optional"))
                        .equals("required"));
    }

    private static Set<String> names(Optional<YamlValue> keys) throws InvalidInputException {
        Set<String> names = new LinkedHashSet<>();
        if (keys.isPresent()) {
            for (YamlValue key : YamlFields.some(keys.get())) {
                if (!names.add(YamlFields.name(key, "a key"))) {
                    throw key.error("named twice");
                }
            }
        }
        return names;
    }

    private static List<IdentityPattern> identities(Optional<YamlValue> written) throws InvalidInputException {
        List<IdentityPattern> identities = new ArrayList<>();
        if (written.isPresent()) {
            for (YamlValue identity : YamlFields.some(written.get())) {
                IdentityPattern pattern = identity(identity);
                if (identities.contains(pattern)) {
                    throw identity.error("named twice");
                }
                identities.add(pattern);
            }
        }
        return identities;
    }

    /** What the certificate must say of the build, by the names of {@link CertificateExtension}. */
    private static Map<CertificateExtension, String> extensions(YamlValue identity) throws InvalidInputException {
        Optional<YamlValue> written = identity.optional("extensions");
        Map<CertificateExtension, String> extensions = new EnumMap<>(CertificateExtension.class);
        if (written.isPresent()) {
            for (Map.Entry<String, YamlValue> each : written.get().map().entrySet()) {
                CertificateExtension name = CertificateExtension.of(each.getKey())
                        .orElseThrow(() -> each.getValue()
                                .error("unknown extension '" + each.getKey() + "', expected one of "
                                        + List.of(CertificateExtension.values())));
                extensions.put(name, YamlFields.text(each.getValue()));
            }
            if (extensions.isEmpty()) {
                throw written.get().error("asks for nothing; leave it out");
            }
        }
        return extensions;
    }

    private static IdentityPattern identity(YamlValue value) throws InvalidInputException {
        value.mapOf(Set.of("issuer", "subject", "extensions"));
        String issuer = YamlFields.text(value.member("issuer"));
        String subject = YamlFields.text(value.member("subject"));
        try {
            return IdentityPattern.of(issuer, subject, extensions(value));
        } catch (InvalidInputException e) {
            throw value.error(e.getMessage());
        }
    }
}
