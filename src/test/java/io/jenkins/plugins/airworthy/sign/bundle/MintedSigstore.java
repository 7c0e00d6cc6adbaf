package io.jenkins.plugins.airworthy.sign.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.CertificateExtension;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * All keys of a Sigstore instance in one hand, which makes any bundle: the right one, and each that differs from it in what
 * a test changes before it asks for one.
 */
public final class MintedSigstore {
    public static final Instant SIGNED = Instant.parse("2026-05-01T12:00:00Z");
    public static final String ISSUER = "https://id.example.com";
    public static final String SUBJECT = "https://jenkins.example.com/job/app/";
    private static final String LOG = "log.example.com";
    private static final int TEN_YEARS = 3_650;
    private static final String P256 = "secp256r1";

    public final KeyPair root = pair(P256);
    public final KeyPair intermediate = pair(P256);
    public final KeyPair leaf;
    public final KeyPair log = pair(P256);
    public final KeyPair timestamps = pair(P256);

    /** Who gives certificates out; another one than the trusted root names is a stranger. */
    public KeyPair certifier = intermediate;
    /** Who promises to log certificates; the root names {@code log} for that too. */
    public KeyPair promiser = log;

    /** Who signs the statement; the certificate is always for {@code leaf}. */
    public KeyPair signer;

    public String issuer = ISSUER;
    public List<GeneralName> names = List.of(new GeneralName(GeneralName.uniformResourceIdentifier, SUBJECT));
    public List<KeyPurposeId> purposes = List.of(KeyPurposeId.id_kp_codeSigning);
    public boolean authority;

    /** What the authority writes of a build: contents of extensions by their identifiers. */
    public final Map<String, byte[]> extensions = new TreeMap<>();

    public boolean promised = true;
    public Instant certified = SIGNED.minusSeconds(5);
    public Instant authorityUntil = SIGNED.plus(Duration.ofDays(TEN_YEARS));
    public Instant rootUntil = SIGNED.plus(Duration.ofDays(TEN_YEARS));
    public Instant timed = SIGNED;
    public Instant timestampsUntil = SIGNED.plus(Duration.ofDays(TEN_YEARS));
    /** Made when it is first needed; emptied, another one takes its place. */
    public Optional<X509Certificate> timestampCertificate = Optional.empty();
    /** Whether the root names the intermediate authority. */
    public boolean wholeChain = true;

    /** What becomes of the promises before the certificate is signed. */
    public UnaryOperator<byte[]> damage = UnaryOperator.identity();

    /** When the log says that it recorded the signature; version 2 of logs does not say. */
    public Optional<Instant> recorded = Optional.empty();

    public String origin = LOG;
    public long size = 1;
    public boolean wrongRoot;
    public long index;

    public MintedSigstore() {
        this(P256);
    }

    /** One whose signers have keys on this curve, and sign with SHA-256 all the same. */
    public MintedSigstore(String curve) {
        leaf = pair(curve);
        signer = leaf;
    }

    public static KeyPair pair(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The trusted root of this instance. */
    public ObjectNode trustedRoot() throws Exception {
        ObjectNode json = StrictJson.object();
        json.put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1");
        for (String kind : List.of("tlogs", "ctlogs")) {
            ObjectNode entry = json.putArray(kind).addObject();
            entry.put("baseUrl", "https://" + LOG).put("hashAlgorithm", "SHA2_256");
            ObjectNode key = entry.putObject("publicKey");
            key.put("rawBytes", base64(log.getPublic().getEncoded())).put("keyDetails", "PKIX_ECDSA_P256_SHA_256");
            key.putObject("validFor").put("start", "2020-01-01T00:00:00Z");
            entry.putObject("logId").put("keyId", base64(logId()));
        }
        X509Certificate top = authority("root", root, "root", root, rootUntil);
        X509Certificate middle = authority("intermediate", intermediate, "root", root, authorityUntil);
        chain(json.putArray("certificateAuthorities"), wholeChain ? List.of(middle, top) : List.of(top));
        chain(json.putArray("timestampAuthorities"), List.of(timestampCertificate(), top));
        return json;
    }

    private static void chain(ArrayNode authorities, List<X509Certificate> chain) throws GeneralSecurityException {
        ObjectNode entry = authorities.addObject();
        ArrayNode certificates = entry.putObject("certChain").putArray("certificates");
        for (X509Certificate certificate : chain) {
            certificates.addObject().put("rawBytes", base64(certificate.getEncoded()));
        }
        entry.putObject("validFor").put("start", "2020-01-01T00:00:00Z");
    }

    private X509Certificate authority(String name, KeyPair key, String above, KeyPair signer, Instant until)
            throws Exception {
        JcaX509v3CertificateBuilder builder = builder(above, name, Instant.parse("2020-01-01T00:00:00Z"), until, key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        return signed(builder, signer);
    }

    private X509Certificate timestampCertificate() throws Exception {
        if (timestampCertificate.isEmpty()) {
            timestampCertificate = Optional.of(newTimestampCertificate());
        }
        return timestampCertificate.get();
    }

    private X509Certificate newTimestampCertificate() throws Exception {
        JcaX509v3CertificateBuilder builder =
                builder("root", "timestamps", Instant.parse("2020-01-01T00:00:00Z"), timestampsUntil, timestamps);
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
        return signed(builder, root);
    }

    private static JcaX509v3CertificateBuilder builder(
            String issuer, String subject, Instant from, Instant until, KeyPair key) {
        return new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                BigInteger.valueOf(subject.hashCode() & 0xfffffff),
                Date.from(from),
                Date.from(until),
                new X500Name(subject.isEmpty() ? "" : "CN=" + subject),
                key.getPublic());
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, KeyPair signer) throws Exception {
        X509CertificateHolder holder =
                builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()));
        return new JcaX509CertificateConverter().getCertificate(holder);
    }

    public X509Certificate certificate() throws Exception {
        X509Certificate before = signed(leafBuilder(), certifier);
        if (!promised) {
            return before;
        }
        JcaX509v3CertificateBuilder builder = leafBuilder();
        builder.addExtension(
                new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"),
                false,
                new DEROctetString(damage.apply(promise(before.getTBSCertificate()))));
        return signed(builder, certifier);
    }

    private JcaX509v3CertificateBuilder leafBuilder() throws IOException {
        JcaX509v3CertificateBuilder builder = builder(
                "intermediate",
                names.isEmpty() ? "nobody" : "",
                certified,
                certified.plus(Duration.ofMinutes(10)),
                leaf);
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
        if (authority) {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        }
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName, true, new GeneralNames(names.toArray(GeneralName[]::new)));
        }
        if (!issuer.isEmpty()) {
            builder.addExtension(new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.8"), false, new DERUTF8String(issuer));
        }
        for (Map.Entry<String, byte[]> extension : extensions.entrySet()) {
            builder.addExtension(new ASN1ObjectIdentifier(extension.getKey()), false, extension.getValue());
        }
        return builder;
    }

    /** Writes extensions in the form that Fulcio uses. */
    public void tell(Map<CertificateExtension, String> values) throws IOException {
        for (Map.Entry<CertificateExtension, String> value : values.entrySet()) {
            extensions.put(value.getKey().identifier(), new DERUTF8String(value.getValue()).getEncoded());
        }
    }

    private byte[] promise(byte[] precertificate) throws Exception {
        byte[] time = BigInteger.valueOf(certified.toEpochMilli()).toByteArray();
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(signed);
        out.writeShort(0);
        out.writeLong(certified.toEpochMilli());
        out.writeShort(1);
        out.write(Digest.of(intermediate.getPublic().getEncoded()).bytes());
        out.write(0);
        out.writeShort(precertificate.length);
        out.write(precertificate);
        out.writeShort(0);
        byte[] signature = sign(promiser, signed.toByteArray());
        ByteArrayOutputStream promise = new ByteArrayOutputStream();
        DataOutputStream one = new DataOutputStream(promise);
        one.write(0);
        one.write(logId());
        one.write(new byte[Long.BYTES - time.length]);
        one.write(time);
        one.writeShort(0);
        one.write(new byte[] {4, 3});
        one.writeShort(signature.length);
        one.write(signature);
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        DataOutputStream all = new DataOutputStream(list);
        all.writeShort(promise.size() + 2);
        all.writeShort(promise.size());
        all.write(promise.toByteArray());
        return list.toByteArray();
    }

    /** A bundle around a statement's bytes. */
    public ObjectNode bundle(byte[] payload) throws Exception {
        byte[] signed = DsseEnvelope.signedBytes(payload);
        byte[] signature = sign(signer, signed);
        byte[] bundle = Bundle.write(
                material(signed, signature), "dsseEnvelope", new DsseEnvelope(payload, signature).toJson());
        return StrictJson.parseObject(bundle, "bundle", Bundle.MAX_BYTES).node();
    }

    /** A bundle with a signature of bare bytes. */
    public ObjectNode messageBundle(byte[] message) throws Exception {
        byte[] signature = sign(signer, message);
        ObjectNode content = StrictJson.object();
        content.putObject("messageDigest")
                .put("algorithm", "SHA2_256")
                .put("digest", base64(Digest.of(message).bytes()));
        content.put("signature", base64(signature));
        byte[] bundle = Bundle.write(material(message, signature), "messageSignature", content);
        return StrictJson.parseObject(bundle, "bundle", Bundle.MAX_BYTES).node();
    }

    private ObjectNode material(byte[] signed, byte[] signature) throws Exception {
        byte[] certificate = certificate().getEncoded();
        ObjectNode material = StrictJson.object();
        material.putObject("certificate").put("rawBytes", base64(certificate));
        material.putArray("tlogEntries")
                .add(entry(Digest.of(signed).bytes(), signature, "x509Certificate", certificate));
        material.putObject("timestampVerificationData")
                .putArray("rfc3161Timestamps")
                .addObject()
                .put("signedTimestamp", base64(timestamp(signature)));
        return material;
    }

    /** The bundle of a key, with the entry of a log that recorded its signature. */
    public ObjectNode logged(ObjectNode bundle, PublicKey key) throws Exception {
        ObjectNode copy = bundle.deepCopy();
        byte[] payload = Base64.getDecoder()
                .decode(copy.get("dsseEnvelope").get("payload").textValue());
        ((ObjectNode) copy.get("verificationMaterial"))
                .putArray("tlogEntries")
                .add(entry(
                        Digest.of(DsseEnvelope.signedBytes(payload)).bytes(),
                        signature(copy),
                        "publicKey",
                        key.getEncoded()));
        return copy;
    }

    /** The bundle of a key, with a timestamp of its signature. */
    public ObjectNode timed(ObjectNode bundle) throws Exception {
        ObjectNode copy = bundle.deepCopy();
        ((ObjectNode) copy.get("verificationMaterial"))
                .putObject("timestampVerificationData")
                .putArray("rfc3161Timestamps")
                .addObject()
                .put("signedTimestamp", base64(timestamp(signature(copy))));
        return copy;
    }

    private static byte[] signature(ObjectNode bundle) {
        return Base64.getDecoder()
                .decode(bundle.get("dsseEnvelope")
                        .get("signatures")
                        .get(0)
                        .get("sig")
                        .textValue());
    }

    /** The bundle with one more timestamp over its signature. */
    public ObjectNode timedAgain(ObjectNode bundle) throws Exception {
        ObjectNode copy = bundle.deepCopy();
        ((ArrayNode) copy.get("verificationMaterial")
                        .get("timestampVerificationData")
                        .get("rfc3161Timestamps"))
                .addObject()
                .put("signedTimestamp", base64(timestamp(signature(bundle))));
        return copy;
    }

    private ObjectNode entry(byte[] digest, byte[] signature, String kind, byte[] signer) throws Exception {
        ObjectNode body = StrictJson.object().put("apiVersion", "0.0.2").put("kind", "hashedrekord");
        ObjectNode spec = body.putObject("spec").putObject("hashedRekordV002");
        spec.putObject("data").put("algorithm", "SHA2_256").put("digest", base64(digest));
        ObjectNode verifier =
                spec.putObject("signature").put("content", base64(signature)).putObject("verifier");
        verifier.put("keyDetails", "PKIX_ECDSA_P256_SHA_256");
        verifier.putObject(kind).put("rawBytes", base64(signer));
        return entry(StrictJson.write(body));
    }

    private ObjectNode entry(byte[] body) throws Exception {
        ObjectNode entry = StrictJson.object().put("logIndex", Long.toString(index));
        entry.putObject("logId").put("keyId", base64(logId()));
        entry.putObject("kindVersion").put("kind", "hashedrekord").put("version", "0.0.2");
        byte[] leafInTree = new byte[body.length + 1];
        System.arraycopy(body, 0, leafInTree, 1, body.length);
        byte[] top = Digest.of(leafInTree).bytes();
        ObjectNode proof = entry.putObject("inclusionProof");
        proof.put("logIndex", Long.toString(index)).put("rootHash", base64(top)).put("treeSize", "1");
        byte[] told = wrongRoot ? new byte[top.length] : top;
        String note = origin + "\n" + size + "\n" + base64(told) + "\n";
        byte[] signature = sign(log, note.getBytes(StandardCharsets.UTF_8));
        byte[] hinted = Arrays.copyOf(logId(), 4 + signature.length);
        System.arraycopy(signature, 0, hinted, 4, signature.length);
        proof.putObject("checkpoint").put("envelope", note + "\n\u2014 " + LOG + " " + base64(hinted) + "\n");
        entry.put("canonicalizedBody", base64(body));
        if (recorded.isPresent()) {
            promise(entry, recorded.get().getEpochSecond());
        }
        return entry;
    }

    /** What version 1 of logs signs. */
    private void promise(ObjectNode entry, long time) throws GeneralSecurityException {
        ObjectNode promised = StrictJson.object();
        promised.put("body", entry.get("canonicalizedBody").textValue()).put("integratedTime", time);
        promised.put("logID", HexFormat.of().formatHex(logId())).put("logIndex", index);
        entry.put("integratedTime", Long.toString(time))
                .putObject("inclusionPromise")
                .put("signedEntryTimestamp", base64(sign(log, StrictJson.write(promised))));
    }

    public byte[] timestamp(byte[] signature) throws Exception {
        TimeStampRequest request = new TimeStampRequestGenerator()
                .generate(TSPAlgorithms.SHA256, Digest.of(signature).bytes(), BigInteger.TEN);
        DigestCalculator sha256 =
                new JcaDigestCalculatorProviderBuilder().build().get(new AlgorithmIdentifier(TSPAlgorithms.SHA256));
        TimeStampTokenGenerator generator = new TimeStampTokenGenerator(
                new JcaSimpleSignerInfoGeneratorBuilder()
                        .build("SHA256withECDSA", timestamps.getPrivate(), timestampCertificate()),
                sha256,
                new ASN1ObjectIdentifier("1.2.3.4"));
        return new TimeStampResponseGenerator(generator, Set.of(TSPAlgorithms.SHA256.getId()))
                .generate(request, BigInteger.ONE, Date.from(timed))
                .getEncoded();
    }

    public byte[] logId() {
        return Digest.of(log.getPublic().getEncoded()).bytes();
    }

    public static byte[] sign(KeyPair key, byte[] message) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivate());
        signature.update(message);
        return signature.sign();
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
