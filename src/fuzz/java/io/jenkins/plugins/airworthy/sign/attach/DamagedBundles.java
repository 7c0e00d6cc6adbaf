package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.fuzz.DamagedJson;
import io.jenkins.plugins.airworthy.sign.SigstoreCase;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Honest bundles, damaged: by their JSON and by what stands there in base64, by parts of other bundles in the same place,
 * and by a trusted root whose parts are valid at other times. Always the same for a number.
 */
public final class DamagedBundles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> WORDS = List.of(
            "certificate",
            "x509CertificateChain",
            "publicKey",
            "hint",
            "keyid",
            "integratedTime",
            "inclusionPromise",
            "inclusionProof",
            "checkpoint",
            "application/vnd.dev.sigstore.bundle+json;version=0.1",
            "application/vnd.dev.sigstore.bundle+json;version=0.2",
            "application/vnd.dev.sigstore.bundle.v0.3+json",
            "hashedrekord",
            "0.0.1",
            "0.0.2",
            "dsse",
            "SHA2_512",
            "log_index",
            "media_type");
    /** Seconds around the moment of a signature. */
    private static final int[] SHIFTS = {-86_400, -601, -1, 0, 1, 2, 30, 599, 600, 601, 86_400};

    private final List<SigstoreCase> honest;
    private final DamagedJson damaged;

    public DamagedBundles(List<SigstoreCase> honest) {
        this.honest = List.copyOf(honest);
        this.damaged = new DamagedJson(honest.stream().map(SigstoreCase::bundle).toList(), WORDS);
    }

    public SigstoreCase get(long seed, int number) throws IOException {
        Random random = new Random(seed * 1_000_003 + number);
        SigstoreCase from = pick(honest, random);
        return switch (random.nextInt(5)) {
            case 0 -> from.with(exchanged(from.bundle(), pick(honest, random).bundle(), random), from.root());
            case 1 -> from.with(from.bundle(), atOtherTimes(from, random));
            default -> {
                byte[] bundle = damaged.of(from.bundle(), random.nextLong());
                yield from.with(random.nextInt(4) > 0 ? bundle : damaged.of(bundle, random.nextLong()), from.root());
            }
        };
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** With something of another bundle in the place where it stood there. */
    private static byte[] exchanged(byte[] bundle, byte[] other, Random random) throws IOException {
        JsonNode json = JSON.readTree(bundle);
        JsonNode source = JSON.readTree(other);
        List<JsonPointer> places = new ArrayList<>();
        collect(json, JsonPointer.empty(), places);
        List<JsonPointer> common =
                places.stream().filter(at -> !source.at(at).isMissingNode()).toList();
        JsonPointer at = pick(common, random);
        JsonNode holder = json.at(at.head());
        if (holder instanceof ObjectNode object) {
            object.set(at.last().getMatchingProperty(), source.at(at));
        } else if (random.nextBoolean()) {
            ((ArrayNode) holder).add(source.at(at));
        } else {
            ((ArrayNode) holder).set(at.last().getMatchingIndex(), source.at(at));
        }
        return JSON.writeValueAsBytes(json);
    }

    private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> into) {
        node.fieldNames().forEachRemaining(name -> {
            into.add(at.appendProperty(name));
            collect(node.get(name), at.appendProperty(name), into);
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            into.add(at.appendIndex(i));
            collect(node.get(i), at.appendIndex(i), into);
        }
    }

    private static byte[] atOtherTimes(SigstoreCase from, Random random) throws IOException {
        JsonNode root = JSON.readTree(from.root());
        List<JsonNode> periods = root.findValues("validFor");
        ObjectNode period = (ObjectNode) pick(periods, random);
        Instant moment = moment(from.bundle()).plusSeconds(SHIFTS[random.nextInt(SHIFTS.length)]);
        period.put(random.nextBoolean() ? "start" : "end", moment.toString());
        return JSON.writeValueAsBytes(root);
    }

    /** When the certificate begins, or the log recorded the signature of a key. */
    private static Instant moment(byte[] bundle) throws IOException {
        JsonNode der = JSON.readTree(bundle).findValue("rawBytes");
        if (der == null) {
            return Instant.ofEpochSecond(
                    JSON.readTree(bundle).findValue("integratedTime").asLong());
        }
        try {
            X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.binaryValue()));
            return read.getNotBefore().toInstant();
        } catch (CertificateException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
