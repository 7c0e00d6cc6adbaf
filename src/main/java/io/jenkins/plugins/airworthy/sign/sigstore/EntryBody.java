package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The body of a log entry, in each of the known kinds. Refuses a body of another kind or version than the bundle
 * says, and every difference between what was recorded and what is verified: a genuine entry about another artefact,
 * signature or signer proves nothing (such as in CVE-2022-36056).
 */
final class EntryBody {
    private static final int MAX_BYTES = 48 * 1024 * 1024; // an intoto entry repeats the envelope in base64

    private final JsonObject json;
    private final String place;

    private EntryBody(JsonObject json, String place) {
        this.json = json;
        this.place = place;
    }

    static EntryBody parse(byte[] body, JsonObject entry, String place) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(body, place, MAX_BYTES);
        json.allowOnly(Set.of("apiVersion", "kind", "spec"));
        JsonObject kind = entry.object("kindVersion");
        kind.allowOnly(Set.of("kind", "version"));
        if (!kind.string("kind").equals(json.string("kind"))
                || !kind.string("version").equals(json.string("apiVersion"))) {
            throw entry.error("kindVersion", "is not the kind and version that the log recorded");
        }
        return new EntryBody(json, place);
    }

    void check(SignedContent content, LoggedVerifier signer) throws InvalidInputException {
        JsonObject spec = json.object("spec");
        String kind = json.string("kind") + " " + json.string("apiVersion");
        switch (kind) {
            case "hashedrekord 0.0.1" -> hashedrekord(spec, content, signer);
            case "hashedrekord 0.0.2" -> hashedrekord2(spec.object("hashedRekordV002"), content, signer);
            case "dsse 0.0.1" -> dsse(spec, content, signer);
            case "dsse 0.0.2" -> dsse2(spec.object("dsseV002"), content, signer);
            case "intoto 0.0.1" -> intoto1(spec, content, signer);
            case "intoto 0.0.2" -> intoto(spec.object("content"), content, signer);
            default -> throw json.error("kind", "'" + kind + "' is not a known kind of entry");
        }
    }

    private void hashedrekord(JsonObject spec, SignedContent content, LoggedVerifier signer)
            throws InvalidInputException {
        JsonObject hash = spec.object("data").object("hash");
        require(content.hasDigest(hash.string("algorithm"), hex(hash)), "artefact");
        JsonObject signature = spec.object("signature");
        require(Arrays.equals(StrictBase64.member(signature, "content"), content.signature()), "signature");
        require(signer.isPem(text(StrictBase64.member(signature.object("publicKey"), "content"))), "signer");
    }

    private void hashedrekord2(JsonObject spec, SignedContent content, LoggedVerifier signer)
            throws InvalidInputException {
        JsonObject data = spec.object("data");
        require(content.hasDigest(data.string("algorithm"), StrictBase64.member(data, "digest")), "artefact");
        signature2(spec.object("signature"), content, signer);
    }

    private void signature2(JsonObject signature, SignedContent content, LoggedVerifier signer)
            throws InvalidInputException {
        require(Arrays.equals(StrictBase64.member(signature, "content"), content.signature()), "signature");
        JsonObject verifier = signature.object("verifier");
        verifier.allowOnly(Set.of("keyDetails", signer.member()));
        require(signer.isDer(StrictBase64.member(verifier.object(signer.member()), "rawBytes")), "signer");
    }

    private void dsse(JsonObject spec, SignedContent content, LoggedVerifier signer) throws InvalidInputException {
        payload(spec.object("payloadHash"), content);
        JsonObject signature = only(spec, "signatures");
        require(Arrays.equals(StrictBase64.member(signature, "signature"), content.signature()), "signature");
        require(signer.isPem(text(StrictBase64.member(signature, "verifier"))), "signer");
    }

    private void dsse2(JsonObject spec, SignedContent content, LoggedVerifier signer) throws InvalidInputException {
        JsonObject hash = spec.object("payloadHash");
        require(
                hash.string("algorithm").equals("SHA2_256")
                        && Arrays.equals(StrictBase64.member(hash, "digest"), payloadDigest(content)),
                "artefact");
        signature2(only(spec, "signatures"), content, signer);
    }

    /** Checks an intoto entry, whose envelope has signature and payload in base64 twice over. */
    private void intoto(JsonObject recorded, SignedContent content, LoggedVerifier signer)
            throws InvalidInputException {
        payload(recorded.object("payloadHash"), content);
        JsonObject envelope = recorded.object("envelope");
        JsonObject signature = only(envelope, "signatures");
        byte[] twice = Base64.getEncoder().encode(content.signature());
        require(Arrays.equals(StrictBase64.member(signature, "sig"), twice), "signature");
        require(signer.isPem(text(StrictBase64.member(signature, "publicKey"))), "signer");
    }

    /** Checks an entry with the digest of the whole envelope, byte for byte; a bundle does not preserve these bytes. */
    private void intoto1(JsonObject spec, SignedContent content, LoggedVerifier signer) throws InvalidInputException {
        byte[] envelope = content.stored()
                .orElseThrow(
                        () -> json.error("kind", "'intoto 0.0.1' is not a kind of entry for the content of a bundle"));
        JsonObject recorded = spec.object("content");
        JsonObject hash = recorded.object("hash");
        require(
                hash.string("algorithm").equals("sha256")
                        && Arrays.equals(hex(hash), Digest.of(envelope).bytes()),
                "artefact");
        if (recorded.has("payloadHash")) {
            payload(recorded.object("payloadHash"), content);
        }
        require(signer.isPem(text(StrictBase64.member(spec, "publicKey"))), "signer");
    }

    private void payload(JsonObject hash, SignedContent content) throws InvalidInputException {
        require(
                hash.string("algorithm").equals("sha256") && Arrays.equals(hex(hash), payloadDigest(content)),
                "artefact");
    }

    private byte[] payloadDigest(SignedContent content) throws InvalidInputException {
        return Digest.of(content.payload()
                        .orElseThrow(() -> json.error("kind", "is for envelopes, but the bundle signs a message")))
                .bytes();
    }

    private static JsonObject only(JsonObject holder, String name) throws InvalidInputException {
        List<JsonObject> all = holder.objects(name);
        if (all.size() != 1) {
            throw holder.error(name, "expected exactly one, found " + all.size());
        }
        return all.get(0);
    }

    private static byte[] hex(JsonObject hash) throws InvalidInputException {
        try {
            return HexFormat.of().parseHex(hash.string("value"));
        } catch (IllegalArgumentException e) {
            throw hash.error("value", "expected hexadecimal digits");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private void require(boolean same, String part) throws InvalidInputException {
        if (!same) {
            throw new InvalidInputException(place + ": the log recorded another " + part + " than the bundle has");
        }
    }
}
