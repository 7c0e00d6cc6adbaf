package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.SignatureProof;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies certificates against a trusted root. Everything in a bundle must verify, not just one of several: each
 * log entry, each timestamp, and the certificate at each of their times. A certificate of ten minutes needs a trusted
 * time, so at least one time and at least one log entry are required.
 */
public final class SigstoreTrust implements CertificateTrust {
    /** Maximum number of log entries, and of timestamps, in a bundle. */
    public static final int MAX_PROOFS = 8;

    private final TrustedRoot root;
    private final Clock clock;

    public SigstoreTrust(TrustedRoot root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    @Override
    public Holder holder(JsonObject material, boolean mustBeProven, SignedContent content)
            throws InvalidInputException {
        SigningCertificate certificate = SigningCertificate.parse(material);
        Checked checked = checked(material, mustBeProven, content, LoggedVerifier.of(certificate.x509()));
        requireEntry(material, checked);
        List<Instant> times = checked.times();
        if (times.isEmpty()) {
            throw new InvalidInputException(
                    material.what()
                            + ": timestamp: no authority and no log says when it was signed, so its certificate proves nothing");
        }
        X509Certificate issuer = issuer(certificate, times, material.what());
        CertificateTimestamps.check(certificate.x509(), issuer, root, material.what());
        return new Holder(
                certificate.identity(),
                certificate.x509().getPublicKey(),
                certificate.x509().getNotBefore().toInstant(),
                checked.proof());
    }

    @Override
    public SignatureProof proof(JsonObject material, boolean mustBeProven, SignedContent content, PublicKey key) {
        try {
            Checked checked = checked(material, mustBeProven, content, LoggedVerifier.of(key));
            // Nobody says when the signature was recorded, so it may have been now.
            List<Instant> times = checked.times().isEmpty() ? List.of(clock.instant()) : List.of();
            requireTrusted(checked.entries(), checked.logs(), times);
            return checked.proof();
        } catch (InvalidInputException e) {
            return SignatureProof.flawed(e.getMessage());
        }
    }

    /** Verifies the log entries and timestamps of a signature by a permanent key; at least one entry is required. */
    public void checkLogged(JsonObject material, boolean mustBeProven, SignedContent content, PublicKey key)
            throws InvalidInputException {
        requireEntry(material, checked(material, mustBeProven, content, LoggedVerifier.of(key)));
    }

    /** Log entries and timestamps of a signature, all of them verified. */
    private record Checked(
            List<LogEntry> entries, List<TransparencyLog> logs, boolean timestamped, List<Instant> times) {
        SignatureProof proof() {
            return new SignatureProof(!entries.isEmpty(), timestamped, "");
        }
    }

    private static void requireEntry(JsonObject material, Checked checked) throws InvalidInputException {
        if (checked.entries().isEmpty()) {
            throw new InvalidInputException(material.what() + ": log entry: is missing");
        }
    }

    private Checked checked(JsonObject material, boolean mustBeProven, SignedContent content, LoggedVerifier signer)
            throws InvalidInputException {
        List<Instant> times = new ArrayList<>();
        for (JsonObject timestamp : timestamps(material)) {
            times.add(SignedTimestamp.parse(timestamp).check(content, root));
        }
        boolean timestamped = !times.isEmpty();
        List<LogEntry> entries = new ArrayList<>();
        List<TransparencyLog> logs = new ArrayList<>();
        for (JsonObject json : bounded(material, "tlogEntries")) {
            LogEntry entry = LogEntry.parse(json);
            logs.add(entry.check(root, mustBeProven, content, signer));
            entries.add(entry);
            entry.signedTime().ifPresent(times::add);
        }
        for (Instant time : times) {
            if (ClockSkew.isFuture(time, clock.instant())) {
                throw new InvalidInputException(
                        material.what() + ": was signed at " + time + ", which is in the future: a clock is wrong");
            }
        }
        requireTrusted(entries, logs, times);
        return new Checked(entries, logs, timestamped, times);
    }

    /** Refuses a log that was not trusted at each of these times. */
    private static void requireTrusted(List<LogEntry> entries, List<TransparencyLog> logs, List<Instant> times)
            throws InvalidInputException {
        for (Instant time : times) {
            for (int i = 0; i < logs.size(); i++) {
                if (!logs.get(i).validity().contains(time)) {
                    throw new InvalidInputException(entries.get(i).place() + ": its log is trusted from "
                            + logs.get(i).validity() + ", but it was signed at " + time);
                }
            }
        }
    }

    private X509Certificate issuer(SigningCertificate certificate, List<Instant> times, String what)
            throws InvalidInputException {
        List<Authority> issuers = root.authorities().stream()
                .filter(authority -> authority.issued(certificate.x509()))
                .toList();
        if (issuers.isEmpty()) {
            throw new InvalidInputException(
                    what + ": certificate: was issued by no authority that the trusted root names");
        }
        List<String> refusals = new ArrayList<>();
        for (Authority authority : issuers) {
            Optional<String> refusal = times.stream()
                    .flatMap(time -> authority.refusal(certificate.x509(), time).stream())
                    .findFirst();
            if (refusal.isEmpty()) {
                return authority.issuer();
            }
            refusals.add(refusal.get());
        }
        throw new InvalidInputException(what + ": certificate: "
                + String.join("; ", refusals.stream().distinct().toList()));
    }

    private static List<JsonObject> timestamps(JsonObject material) throws InvalidInputException {
        Optional<JsonObject> data = material.optionalObject("timestampVerificationData");
        if (data.isEmpty()) {
            return List.of();
        }
        data.get().allowOnly(Set.of("rfc3161Timestamps"));
        return bounded(data.get(), "rfc3161Timestamps");
    }

    private static List<JsonObject> bounded(JsonObject json, String name) throws InvalidInputException {
        List<JsonObject> all = json.objects(name);
        if (all.size() > MAX_PROOFS) {
            throw json.error(name, "more than the allowed " + MAX_PROOFS);
        }
        return all;
    }
}
