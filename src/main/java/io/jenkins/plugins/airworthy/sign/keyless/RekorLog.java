package io.jenkins.plugins.airworthy.sign.keyless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.http.Proxies;

import java.net.URI;
import java.util.Base64;

/**
 * A client of <a href="https://github.com/sigstore/rekor-tiles">Rekor version 2</a>, which records a signature and returns an inclusion
 * proof after signing its next checkpoint.
 */
final class RekorLog {
    private static final String PATH = "/api/v2/log/entries";

    private final ServiceExchange exchange;

    RekorLog(Proxies proxies) {
        this.exchange = new ServiceExchange("log", proxies);
    }

    /**
     * Records a signature and returns the entry in the form of a bundle.
     *
     * @param digest SHA-256 of the signed bytes
     * @param certificate the certificate in DER
     */
    ObjectNode record(URI service, byte[] digest, byte[] signature, byte[] certificate)
            throws AirworthyException, InterruptedException {
        ObjectNode request = StrictJson.object();
        ObjectNode entry = request.putObject("hashedRekordRequestV002");
        entry.put("digest", base64(digest));
        ObjectNode verifier =
                entry.putObject("signature").put("content", base64(signature)).putObject("verifier");
        verifier.put("keyDetails", "PKIX_ECDSA_P256_SHA_256");
        verifier.putObject("x509Certificate").put("rawBytes", base64(certificate));
        URI url = URI.create(service.toString().replaceAll("/+$", "") + PATH);
        return exchange.post(url, new JsonObject("request", "", request)).node();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
