package io.jenkins.plugins.airworthy.tools.sigstore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;

/** The two files by which clients know an instance: {@code trusted_root.json} and {@code signing_config.json}. */
final class TrustDocuments {
    private static final String START = "2020-01-01T00:00:00Z";
    private static final String VALID_FOR = "validFor";
    private static final int ED25519_BYTES = 32;

    private final ObjectNode root = StrictJson.object();
    private final ObjectNode config = StrictJson.object();

    TrustDocuments() {
        root.put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1");
        config.put("mediaType", "application/vnd.dev.sigstore.signingconfig.v0.2+json");
    }

    void authority(String url, String pemChain) {
        chain("certificateAuthorities", url, pemChain);
        service("caUrls", url, 1);
    }

    void timestamps(String url, String pemChain) {
        chain("timestampAuthorities", url, pemChain);
        service("tsaUrls", url, 1);
        config.putObject("tsaConfig").put("selector", "ANY");
    }

    void certificateLog(String url, PublicKey key) {
        log("ctlogs", url, key, "PKIX_ECDSA_P256_SHA_256", Digest.of(key.getEncoded()));
    }

    /** A log of version 2, whose id covers its name. */
    void log(String url, String origin, PublicKey key) {
        byte[] encoded = key.getEncoded();
        MessageDigest id = Digest.sha256();
        id.update((origin + "\n\u0001").getBytes(StandardCharsets.US_ASCII));
        id.update(Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length));
        log("tlogs", url, key, "PKIX_ED25519", Digest.of(id));
        service("rekorTlogUrls", url, 2);
        config.putObject("rekorTlogConfig").put("selector", "ANY");
    }

    private void log(String kind, String url, PublicKey key, String details, Digest id) {
        ObjectNode log = root.withArray(kind).addObject();
        log.put("baseUrl", url).put("hashAlgorithm", "SHA2_256");
        ObjectNode publicKey = log.putObject("publicKey");
        publicKey.put("rawBytes", base64(key.getEncoded())).put("keyDetails", details);
        publicKey.putObject(VALID_FOR).put("start", START);
        log.putObject("logId").put("keyId", base64(id.bytes()));
    }

    private void chain(String kind, String url, String pem) {
        ObjectNode authority = root.withArray(kind).addObject();
        authority.putObject("subject").put("organization", "test").put("commonName", "test");
        authority.put("uri", url);
        ArrayNode certificates = authority.putObject("certChain").putArray("certificates");
        try {
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                certificates.addObject().put("rawBytes", base64(certificate.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        authority.putObject(VALID_FOR).put("start", START);
    }

    private void service(String kind, String url, int version) {
        ObjectNode service = config.withArray(kind).addObject();
        service.put("url", url).put("majorApiVersion", version).put("operator", "test");
        service.putObject(VALID_FOR).put("start", START);
    }

    byte[] trustedRoot() {
        return StrictJson.write(root);
    }

    byte[] signingConfig() {
        return StrictJson.write(config);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
