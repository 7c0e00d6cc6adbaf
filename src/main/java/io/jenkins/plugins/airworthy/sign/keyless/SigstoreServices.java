package io.jenkins.plugins.airworthy.sign.keyless;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.http.Proxies;

import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;

/** The services of one Sigstore instance, from its signing configuration. Thread-safe. */
public final class SigstoreServices {
    private final SigningConfig config;
    private final Clock clock;
    private final CertificateAuthority authority;
    private final TimestampAuthority timestamps;
    private final RekorLog log;

    public SigstoreServices(SigningConfig config, Clock clock, Proxies proxies) {
        this.config = config;
        this.clock = clock;
        this.authority = new CertificateAuthority(proxies);
        this.timestamps = new TimestampAuthority(proxies);
        this.log = new RekorLog(proxies);
    }

    /**
     * Requests a certificate for a key.
     *
     * @param publicKey the public key in PEM, ECDSA on P-256
     * @param proof the key's signature of the token's challenge
     */
    public X509Certificate certificate(IdentityToken token, String publicKey, byte[] proof)
            throws AirworthyException, InterruptedException {
        return authority.certificate(config.authority(clock.instant()), token, publicKey, proof);
    }

    /**
     * Obtains the verification material of a bundle: the certificate, the log entries and the timestamps.
     *
     * @param digest SHA-256 of the signed bytes
     */
    public ObjectNode material(X509Certificate certificate, byte[] digest, byte[] signature)
            throws AirworthyException, InterruptedException {
        byte[] der = encoded(certificate);
        ObjectNode material = StrictJson.object();
        material.putObject("certificate").put("rawBytes", Base64.getEncoder().encodeToString(der));
        ArrayNode entries = material.putArray("tlogEntries");
        ArrayNode times = material.putObject("timestampVerificationData").putArray("rfc3161Timestamps");
        // The timestamp first: it must be within the few minutes of the certificate's validity.
        for (URI service : config.timestamps(clock.instant())) {
            byte[] timestamp = timestamps.timestamp(service, signature);
            times.addObject().put("signedTimestamp", Base64.getEncoder().encodeToString(timestamp));
        }
        for (URI service : config.logs(clock.instant())) {
            entries.add(log.record(service, digest, signature, der));
        }
        return material;
    }

    private static byte[] encoded(X509Certificate certificate) throws UndecidedException {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new UndecidedException("the certificate that was given cannot be written", e);
        }
    }
}
