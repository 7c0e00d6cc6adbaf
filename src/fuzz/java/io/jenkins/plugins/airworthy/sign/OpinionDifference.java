package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Each reason for which another verifier refuses what the product rightly accepts. What is peculiar about such a case can
 * be taken out of it without a change to anything that the product's verdict rests on; then the other one has to accept it.
 */
enum OpinionDifference {
    /**
     * More certificates than the signer's stand in a bundle of an older version. The product makes the chain of the trusted
     * root's alone; sigstore-java wants those beside it to fit. sigstore_bundle.proto, VerificationMaterial: verifiers handle
     * superfluous certificates "by either ignoring them or explicitly considering them untrusted".
     */
    CERTIFICATES_BESIDE_THE_FIRST {
        @Override
        void takeOut(ObjectNode bundle, ObjectNode root, JsonNode honest) {
            JsonNode certificates = bundle.at("/verificationMaterial/x509CertificateChain/certificates");
            while (certificates.size() > 1) {
                ((ArrayNode) certificates).remove(1);
            }
        }
    },
    /**
     * A timestamp brings certificates along that are not signed (RFC 5652, section 5.1) and that are not needed, since the
     * trusted root has the authority's. The product does not look at them; sigstore-java reads them and wants the first
     * to be the authority's.
     */
    CERTIFICATES_IN_A_TIMESTAMP {
        @Override
        void takeOut(ObjectNode bundle, ObjectNode root, JsonNode honest) throws IOException {
            JsonNode timestamps = bundle.at("/verificationMaterial/timestampVerificationData/rfc3161Timestamps");
            for (JsonNode timestamp : timestamps) {
                ((ObjectNode) timestamp)
                        .put(
                                "signedTimestamp",
                                bare(timestamp.get("signedTimestamp").binaryValue()));
            }
        }
    },
    /**
     * The trusted root's period for an authority begins after the certificate does and before the signature was made. The
     * product asks at the time of the signature, sigstore-java when the certificate begins. sigstore_trustroot.proto,
     * CertificateAuthority.valid_for: "Clients MUST check timestamps against both the valid_for time range and the entire
     * certificate chain".
     */
    AUTHORITY_TRUSTED_SINCE_THE_CERTIFICATE {
        @Override
        void takeOut(ObjectNode bundle, ObjectNode root, JsonNode honest) {
            for (JsonNode authority : root.get("certificateAuthorities")) {
                ((ObjectNode) authority.get("validFor")).put("start", "1970-01-01T00:00:00Z");
            }
        }
    },
    /**
     * A bundle of version 0.1 has the log's promise, and no proof; the product wants the proof from version 0.2 on, and
     * sigstore-java always. sigstore_bundle.proto, VerificationMaterial.tlog_entries: version 0.1 "may contain an inclusion
     * promise and not an inclusion proof. In this case, the client MUST validate the promise".
     */
    PROMISE_WITHOUT_PROOF {
        @Override
        void takeOut(ObjectNode bundle, ObjectNode root, JsonNode honest) {
            JsonNode proof = honest.at("/verificationMaterial/tlogEntries/0/inclusionProof");
            for (JsonNode entry : bundle.at("/verificationMaterial/tlogEntries")) {
                if (!entry.has("inclusionProof")) {
                    ((ObjectNode) entry).set("inclusionProof", proof);
                }
            }
        }
    },
    /**
     * Beside the index in the inclusion proof an entry names its own, which no signature covers unless there is a promise.
     * The product checks the proof by the first, as sigstore-java does, and cosign that of a log's second version by the
     * second. sigstore_rekor.proto, TransparencyLogEntry.log_index: it is "used when querying the log by index".
     */
    INDEX_TO_ASK_THE_LOG_FOR {
        @Override
        void takeOut(ObjectNode bundle, ObjectNode root, JsonNode honest) {
            for (JsonNode entry : bundle.at("/verificationMaterial/tlogEntries")) {
                if (!entry.has("inclusionPromise") && entry.has("inclusionProof")) {
                    ((ObjectNode) entry)
                            .set("logIndex", entry.get("inclusionProof").get("logIndex"));
                }
            }
        }
    },
    /**
     * A log entry or a timestamp stands in a bundle twice. The product asks for one, so a second adds nothing; cosign can be
     * asked for several that differ, and refuses any that are the same. sigstore_bundle.proto allows any number.
     */
    THE_SAME_TWICE {
        @Override
        void takeOut(ObjectNode bundle, ObjectNode root, JsonNode honest) {
            JsonNode material = bundle.get("verificationMaterial");
            once(material.at("/tlogEntries"), "canonicalizedBody");
            once(material.at("/timestampVerificationData/rfc3161Timestamps"), "signedTimestamp");
        }
    },
    /**
     * A signature in an envelope names a key that its certificate does not have. The product skips the name, and cosign
     * the signature. DSSE's protocol: a key id is an "unauthenticated hint" and must not be used for security decisions.
     */
    NAME_OF_A_KEY {
        @Override
        void takeOut(ObjectNode bundle, ObjectNode root, JsonNode honest) {
            for (JsonNode signature : bundle.at("/dsseEnvelope/signatures")) {
                ((ObjectNode) signature).remove("keyid");
            }
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    abstract void takeOut(ObjectNode bundle, ObjectNode root, JsonNode honest) throws IOException;

    SigstoreCase without(SigstoreCase from) {
        try {
            ObjectNode bundle = (ObjectNode) JSON.readTree(from.bundle());
            ObjectNode root = (ObjectNode) JSON.readTree(from.root());
            takeOut(bundle, root, JSON.readTree(from.undamaged().orElseThrow().bundle()));
            return from.with(JSON.writeValueAsBytes(bundle), JSON.writeValueAsBytes(root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void once(JsonNode list, String member) {
        Set<JsonNode> seen = new HashSet<>();
        for (int i = list.size() - 1; i >= 0; i--) {
            if (!seen.add(list.get(i).get(member))) {
                ((ArrayNode) list).remove(i);
            }
        }
    }

    /** The response without certificates. */
    private static byte[] bare(byte[] response) throws IOException {
        ASN1Sequence parts = ASN1Sequence.getInstance(response);
        ContentInfo token = ContentInfo.getInstance(parts.getObjectAt(1));
        SignedData data = SignedData.getInstance(token.getContent());
        SignedData without = new SignedData(
                data.getDigestAlgorithms(), data.getEncapContentInfo(), null, null, data.getSignerInfos());
        return new DERSequence(
                        new ASN1Encodable[] {parts.getObjectAt(0), new ContentInfo(token.getContentType(), without)})
                .getEncoded();
    }
}
