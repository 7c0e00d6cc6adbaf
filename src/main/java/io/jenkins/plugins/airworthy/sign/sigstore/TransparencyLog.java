package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import io.jenkins.plugins.airworthy.sign.tlog.Checkpoint;
import io.jenkins.plugins.airworthy.sign.tlog.InclusionProof;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A log of the trusted root, of signatures or of certificates.
 *
 * @param id the log's id in entries and promises, hexadecimal
 * @param hint the four bytes that identify the log's key in checkpoints, hexadecimal
 * @param names the names that its checkpoints may be signed with
 */
record TransparencyLog(String id, String hint, Set<String> names, LogKey key, Validity validity) {
    private static final int HINT_BYTES = 4;
    private static final int ID_BYTES = 32;

    /** Reads a log; empty if the algorithm of its key is unknown. */
    static Optional<TransparencyLog> parse(JsonObject json) throws InvalidInputException {
        json.allowOnly(Set.of("baseUrl", "hashAlgorithm", "publicKey", "logId", "checkpointKeyId", "operator"));
        if (!json.string("hashAlgorithm").equals("SHA2_256")) {
            throw json.error("hashAlgorithm", "expected SHA2_256");
        }
        JsonObject publicKey = json.object("publicKey");
        publicKey.allowOnly(Set.of("rawBytes", "keyDetails", "validFor"));
        Validity validity = Validity.parse(publicKey);
        byte[] id = keyId(json.object("logId"), ID_BYTES);
        Optional<JsonObject> other = json.optionalObject("checkpointKeyId");
        byte[] hint = other.isEmpty() ? id : keyId(other.get(), HINT_BYTES);
        Set<String> names = names(json);
        return LogKey.parse(publicKey)
                .map(key -> new TransparencyLog(
                        HexFormat.of().formatHex(id),
                        HexFormat.of().formatHex(Arrays.copyOf(hint, HINT_BYTES)),
                        names,
                        key,
                        validity));
    }

    private static byte[] keyId(JsonObject json, int least) throws InvalidInputException {
        json.allowOnly(Set.of("keyId"));
        byte[] id = StrictBase64.member(json, "keyId");
        if (id.length < least || id.length > ID_BYTES) {
            throw json.error("keyId", "expected " + least + " to " + ID_BYTES + " bytes");
        }
        return id;
    }

    /** Returns the names of a log: its host, with or without port, and with its path if it has one. */
    private static Set<String> names(JsonObject json) throws InvalidInputException {
        try {
            URI url = URI.create(json.string("baseUrl"));
            if (url.getHost() == null) {
                throw json.error("baseUrl", "expected a URL with a host");
            }
            String path = url.getRawPath().replaceAll("/+$", "");
            return new HashSet<>(List.of(url.getHost(), url.getAuthority(), url.getHost() + path));
        } catch (IllegalArgumentException e) {
            throw json.error("baseUrl", "expected a URL with a host");
        }
    }

    /**
     * Verifies that this log signed this checkpoint, and that its size and root hash are those of the proof. A trusted root names no
     * witnesses, so only the log's own signature is required and verified.
     */
    void check(Checkpoint checkpoint, InclusionProof proof, String what) throws InvalidInputException {
        String origin = checkpoint.origin();
        boolean own = names.stream().anyMatch(name -> origin.equals(name) || origin.startsWith(name + " - "));
        if (!own) {
            throw new InvalidInputException(what + ": its origin is '" + origin + "' but the log is " + this);
        }
        List<Checkpoint.NoteSignature> claimed = checkpoint.signatures().stream()
                .filter(s -> s.hint().equals(hint) && names.contains(s.name()))
                .toList();
        if (claimed.isEmpty()) {
            throw new InvalidInputException(what + ": has no signature of the log " + this
                    + ", by its name and the first bytes of its key's id");
        }
        byte[] signed = checkpoint.body().getBytes(StandardCharsets.UTF_8);
        if (!claimed.stream().allMatch(s -> key.verify(signed, s.bytes()))) {
            throw new InvalidInputException(what + ": the signature of the log " + this + " does not verify");
        }
        if (checkpoint.size() != proof.size() || !checkpoint.root().equals(proof.root())) {
            throw new InvalidInputException(what + ": names a different size or root hash than the inclusion proof");
        }
    }

    TransparencyLog {
        names = Set.copyOf(names);
    }

    @Override
    public String toString() {
        return String.join(" or ", names.stream().sorted().toList());
    }
}
