package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The trusted authorities and logs of a Sigstore instance, from its
 * <a href="https://github.com/sigstore/protobuf-specs/blob/v0.5.0/protos/sigstore_trustroot.proto">{@code trusted_root.json}</a>. The
 * author of this file decides which certificates are trusted. Refuses unknown members, keys without a start of validity, and a root
 * without a certificate authority or a log.
 */
public final class TrustedRoot {
    /** Maximum size of the file, in bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    /** Maximum number of logs or authorities of one kind. */
    static final int MAX_ENTRIES = 100;

    private static final Set<String> TYPES = Set.of(
            "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
            "application/vnd.dev.sigstore.trustedroot.v0.2+json");

    private final List<TransparencyLog> logs;
    private final List<TransparencyLog> certificateLogs;
    private final List<Authority> authorities;
    private final List<Authority> timestampAuthorities;

    private TrustedRoot(
            List<TransparencyLog> logs,
            List<TransparencyLog> certificateLogs,
            List<Authority> authorities,
            List<Authority> timestampAuthorities) {
        this.logs = List.copyOf(logs);
        this.certificateLogs = List.copyOf(certificateLogs);
        this.authorities = List.copyOf(authorities);
        this.timestampAuthorities = List.copyOf(timestampAuthorities);
    }

    /**
     * Reads a file.
     *
     * @param what the file's name in errors
     */
    public static TrustedRoot parse(byte[] bytes, String what) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(bytes, what, MAX_BYTES);
        json.allowOnly(Set.of("mediaType", "tlogs", "certificateAuthorities", "ctlogs", "timestampAuthorities"));
        if (!TYPES.contains(json.string("mediaType"))) {
            throw json.error("mediaType", "is not a trusted root of Sigstore in a known version");
        }
        List<TransparencyLog> logs = logs(json, "tlogs");
        List<Authority> authorities = authorities(json, "certificateAuthorities");
        if (logs.isEmpty() || authorities.isEmpty()) {
            throw new InvalidInputException(what + ": names no certificate authority, or no log whose key is known;"
                    + " both are needed, also to verify what a key signed");
        }
        return new TrustedRoot(logs, logs(json, "ctlogs"), authorities, authorities(json, "timestampAuthorities"));
    }

    private static List<TransparencyLog> logs(JsonObject json, String name) throws InvalidInputException {
        List<TransparencyLog> logs = new ArrayList<>();
        for (JsonObject log : bounded(json, name)) {
            TransparencyLog.parse(log).ifPresent(logs::add);
        }
        return logs;
    }

    private static List<Authority> authorities(JsonObject json, String name) throws InvalidInputException {
        List<Authority> authorities = new ArrayList<>();
        for (JsonObject authority : bounded(json, name)) {
            authorities.add(Authority.parse(authority));
        }
        return authorities;
    }

    private static List<JsonObject> bounded(JsonObject json, String name) throws InvalidInputException {
        List<JsonObject> entries = json.objects(name);
        if (entries.size() > MAX_ENTRIES) {
            throw json.error(name, "more than the allowed " + MAX_ENTRIES + " entries");
        }
        return entries;
    }

    Optional<TransparencyLog> log(String id) {
        return logs.stream().filter(log -> log.id().equals(id)).findFirst();
    }

    Optional<TransparencyLog> certificateLog(String id) {
        return certificateLogs.stream().filter(log -> log.id().equals(id)).findFirst();
    }

    List<Authority> authorities() {
        return authorities;
    }

    List<Authority> timestampAuthorities() {
        return timestampAuthorities;
    }
}
