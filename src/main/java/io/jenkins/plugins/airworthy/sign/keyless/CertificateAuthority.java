package io.jenkins.plugins.airworthy.sign.keyless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.X509;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.http.Proxies;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A client of <a href="https://docs.sigstore.dev/certificate_authority/overview/">Fulcio</a>, which issues a certificate for an
 * identity token and a key whose possession is proven.
 */
final class CertificateAuthority {
    private static final String PATH = "/api/v2/signingCert";

    private final ServiceExchange exchange;

    CertificateAuthority(Proxies proxies) {
        this.exchange = new ServiceExchange("certificate authority", proxies);
    }

    /**
     * Requests a certificate.
     *
     * @param publicKey the public key in PEM
     * @param proof the key's signature of the token's challenge
     */
    X509Certificate certificate(URI service, IdentityToken token, String publicKey, byte[] proof)
            throws AirworthyException, InterruptedException {
        ObjectNode request = StrictJson.object();
        request.putObject("credentials").put("oidcIdentityToken", token.secret());
        ObjectNode key = request.putObject("publicKeyRequest");
        key.putObject("publicKey").put("algorithm", "ECDSA").put("content", publicKey);
        key.put("proofOfPossession", Base64.getEncoder().encodeToString(proof));
        URI url = URI.create(service.toString().replaceAll("/+$", "") + PATH);
        JsonObject answer = exchange.post(url, new JsonObject("request", "", request));
        try {
            List<String> chain = answer.object("signedCertificateEmbeddedSct")
                    .object("chain")
                    .strings("certificates");
            if (chain.isEmpty()) {
                throw new UndecidedException("certificate authority " + service + ": returned no certificate");
            }
            return X509.certificate(chain.get(0).getBytes(StandardCharsets.US_ASCII));
        } catch (CertificateException e) {
            throw new UndecidedException("certificate authority " + service + ": its answer is not a certificate", e);
        } catch (InvalidInputException e) {
            throw new UndecidedException(e.getMessage() + "; nothing was signed", e);
        }
    }
}
