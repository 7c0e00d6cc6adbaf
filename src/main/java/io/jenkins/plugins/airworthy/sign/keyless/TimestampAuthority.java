package io.jenkins.plugins.airworthy.sign.keyless;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;

/**
 * A client of a timestamp authority (<a href="https://www.rfc-editor.org/rfc/rfc3161">RFC 3161</a>), which timestamps a signature.
 * Refuses a response that does not match the request.
 */
final class TimestampAuthority {
    private static final int NONCE_BITS = 64;

    private final ServiceExchange exchange;

    TimestampAuthority(Proxies proxies) {
        this.exchange = new ServiceExchange("timestamp authority", proxies);
    }

    private final SecureRandom random = new SecureRandom();

    /** Returns the authority's response, in DER. */
    byte[] timestamp(URI service, byte[] signature) throws AirworthyException, InterruptedException {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        // Request the certificate too, for verifiers whose trusted root has only the authority above it.
        generator.setCertReq(true);
        TimeStampRequest request = generator.generate(
                TSPAlgorithms.SHA256, Digest.of(signature).bytes(), new BigInteger(NONCE_BITS, random));
        try {
            byte[] answer = exchange.post(
                    service, "application/timestamp-query", "application/timestamp-reply", request.getEncoded());
            new TimeStampResponse(answer).validate(request);
            return answer;
        } catch (TSPException | IOException | RuntimeException e) {
            throw new UndecidedException(
                    "timestamp authority " + service + ": its answer is not a timestamp of the signature", e);
        }
    }
}
