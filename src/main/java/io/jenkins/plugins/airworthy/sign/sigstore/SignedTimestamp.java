package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.X509;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A timestamp (<a href="https://www.rfc-editor.org/rfc/rfc3161">RFC 3161</a>) of a signature. Refuses timestamps of other messages,
 * and of authorities that are not in the trusted root, or were not trusted with a valid chain at the time of the timestamp.
 */
final class SignedTimestamp {
    private static final int MAX_BYTES = 64 * 1024;

    private final TimeStampToken token;
    private final String what;

    private SignedTimestamp(TimeStampToken token, String what) {
        this.token = token;
        this.what = what;
    }

    static SignedTimestamp parse(JsonObject json) throws InvalidInputException {
        json.allowOnly(Set.of("signedTimestamp"));
        return parse(StrictBase64.member(json, "signedTimestamp"), json.what() + ": timestamp");
    }

    /** Reads an authority's response. */
    static SignedTimestamp parse(byte[] response, String what) throws InvalidInputException {
        if (response.length > MAX_BYTES) {
            throw new InvalidInputException(what + ": larger than the allowed " + MAX_BYTES + " bytes");
        }
        try {
            TimeStampResponse parsed = new TimeStampResponse(response);
            if (parsed.getTimeStampToken() == null) {
                throw new InvalidInputException(what + ": the authority refused to issue one");
            }
            return new SignedTimestamp(parsed.getTimeStampToken(), what);
        } catch (TSPException | IOException | RuntimeException e) {
            // The library throws unchecked exceptions for damaged input.
            throw new InvalidInputException(what + ": is not a timestamp response in DER", e);
        }
    }

    /** Verifies the timestamp and returns its time, at which the signature existed. */
    Instant check(SignedContent content, TrustedRoot root) throws InvalidInputException {
        try {
            Instant time = token.getTimeStampInfo().getGenTime().toInstant();
            if (!content.isTimedBy(algorithm(), token.getTimeStampInfo().getMessageImprintDigest())) {
                throw new InvalidInputException(what + ": is not about the bundle's signature");
            }
            List<String> refusals = new ArrayList<>();
            for (Authority authority : root.timestampAuthorities()) {
                Optional<X509Certificate> signer = signer(authority);
                if (signer.isPresent()) {
                    Optional<String> refusal =
                            authority.refusal(signer.get(), time).or(() -> signed(signer.get()));
                    if (refusal.isEmpty()) {
                        return time;
                    }
                    refusals.add(refusal.get());
                }
            }
            throw new InvalidInputException(what + ": "
                    + (refusals.isEmpty()
                            ? "was signed by no authority that the trusted root names"
                            : "its authority: " + String.join("; ", refusals)));
        } catch (RuntimeException e) {
            throw new InvalidInputException(what + ": cannot be read", e);
        }
    }

    private String algorithm() {
        AlgorithmIdentifier algorithm = token.getTimeStampInfo().getHashAlgorithm();
        if (algorithm.getAlgorithm().equals(NISTObjectIdentifiers.id_sha256)) {
            return "SHA2_256";
        }
        if (algorithm.getAlgorithm().equals(NISTObjectIdentifiers.id_sha384)) {
            return "SHA2_384";
        }
        return algorithm.getAlgorithm().equals(NISTObjectIdentifiers.id_sha512) ? "SHA2_512" : "";
    }

    /** Finds the authority's certificate that the timestamp names, in the trusted root or in the timestamp. */
    private Optional<X509Certificate> signer(Authority authority) throws InvalidInputException {
        List<X509CertificateHolder> candidates = new ArrayList<>();
        try {
            if (authority.signer().isPresent()) {
                candidates.add(
                        new X509CertificateHolder(authority.signer().get().getEncoded()));
            } else {
                candidates.addAll(token.getCertificates().getMatches(null));
            }
            for (X509CertificateHolder candidate : candidates) {
                if (token.getSID().match(candidate)) {
                    return Optional.of(X509.certificate(candidate.getEncoded()));
                }
            }
            return Optional.empty();
        } catch (CertificateException | IOException e) {
            throw new InvalidInputException(what + ": the certificate in it cannot be read", e);
        }
    }

    /** Checks the signature, that it names this certificate, and that the certificate is for timestamps alone. */
    private Optional<String> signed(X509Certificate signer) {
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
            return Optional.empty();
        } catch (TSPException e) {
            return Optional.of("its signature does not verify, or its certificate is not for timestamps");
        } catch (OperatorCreationException e) {
            return Optional.of("its certificate has a key of an unknown kind");
        }
    }
}
