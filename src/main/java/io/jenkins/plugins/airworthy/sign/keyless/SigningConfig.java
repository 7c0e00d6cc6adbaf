package io.jenkins.plugins.airworthy.sign.keyless;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.ThisMachine;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The services of a Sigstore instance, from its
 * <a href="https://github.com/sigstore/protobuf-specs/blob/v0.5.0/protos/sigstore_trustroot.proto">{@code signing_config.json}</a>,
 * version 0.2. Refuses unknown members, services without TLS on other machines, and an instance without one of the three required
 * services: a certificate authority, a log of version 2, a timestamp authority.
 */
public final class SigningConfig {
    /** Maximum size of the file, in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    /** Maximum number of services of one kind, and of those that are used for a signature. */
    static final int MAX_SERVICES = 8;

    private static final String TYPE = "application/vnd.dev.sigstore.signingconfig.v0.2+json";

    private final JsonObject json;
    private final List<Service> authorities;
    private final List<Service> logs;
    private final List<Service> timestamps;

    /** One service, with its URL and validity period. */
    private record Service(URI url, Instant start, Optional<Instant> end, String operator) {
        boolean isUsable(Instant now) {
            return !now.isBefore(start) && end.filter(now::isAfter).isEmpty();
        }
    }

    private SigningConfig(JsonObject json) throws InvalidInputException {
        this.json = json;
        this.authorities = services("caUrls", 1);
        this.logs = services("rekorTlogUrls", 2);
        this.timestamps = services("tsaUrls", 1);
    }

    /**
     * Reads a file.
     *
     * @param what the file's name in errors
     */
    public static SigningConfig parse(byte[] bytes, String what) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(bytes, what, MAX_BYTES);
        json.allowOnly(
                Set.of("mediaType", "caUrls", "oidcUrls", "rekorTlogUrls", "rekorTlogConfig", "tsaUrls", "tsaConfig"));
        if (!json.string("mediaType").equals(TYPE)) {
            throw json.error("mediaType", "is not a signing configuration of version 0.2");
        }
        return new SigningConfig(json);
    }

    private List<Service> services(String name, long version) throws InvalidInputException {
        List<JsonObject> written = json.objects(name);
        if (written.size() > MAX_SERVICES) {
            throw json.error(name, "more than the allowed " + MAX_SERVICES);
        }
        List<Service> services = new ArrayList<>();
        for (JsonObject service : written) {
            service.allowOnly(Set.of("url", "majorApiVersion", "validFor", "operator"));
            if (service.count("majorApiVersion") == version) {
                JsonObject validity = service.object("validFor");
                services.add(new Service(
                        url(service),
                        validity.instant("start"),
                        validity.optionalInstant("end"),
                        service.optionalString("operator").orElse("")));
            }
        }
        services.sort(Comparator.comparing(Service::start).reversed());
        return List.copyOf(services);
    }

    private static URI url(JsonObject service) throws InvalidInputException {
        try {
            URI url = URI.create(service.string("url"));
            boolean here = url.getHost() != null && ThisMachine.isNamed(url.getHost());
            if (url.getHost() != null
                    && url.getRawUserInfo() == null
                    && ("https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && here))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw service.error("url", "is not a URL");
        }
        throw service.error("url", "expected https and a host; http is for this machine only");
    }

    URI authority(Instant now) throws InvalidInputException {
        return one(authorities, "caUrls", "certificate authority", now);
    }

    /** Returns the logs, each of which must record a signature. */
    List<URI> logs(Instant now) throws InvalidInputException {
        return chosen(logs, "rekorTlogUrls", "rekorTlogConfig", "log of version 2", now);
    }

    /** Returns the timestamp authorities, each of which must timestamp a signature. */
    List<URI> timestamps(Instant now) throws InvalidInputException {
        return chosen(timestamps, "tsaUrls", "tsaConfig", "timestamp authority", now);
    }

    private URI one(List<Service> services, String name, String noun, Instant now) throws InvalidInputException {
        return services.stream()
                .filter(service -> service.isUsable(now))
                .findFirst()
                .orElseThrow(() -> json.error(name, "no " + noun + " can be used now"))
                .url();
    }

    private List<URI> chosen(List<Service> services, String name, String config, String noun, Instant now)
            throws InvalidInputException {
        one(services, name, noun, now);
        // The newest of each operator: two of the same operator would not be independent.
        Map<String, URI> byOperator = new LinkedHashMap<>();
        services.stream()
                .filter(service -> service.isUsable(now))
                .forEach(service -> byOperator.putIfAbsent(service.operator(), service.url()));
        List<URI> all = List.copyOf(byOperator.values());
        Optional<JsonObject> written = json.optionalObject(config);
        if (written.isEmpty()) {
            return all.subList(0, 1);
        }
        written.get().allowOnly(Set.of("selector", "count"));
        String selector = written.get().optionalString("selector").orElse("ANY");
        long count =
                switch (selector) {
                    case "ANY" -> 1;
                    case "ALL" -> all.size();
                    case "EXACT" -> written.get().count("count");
                    default -> throw written.get().error("selector", "expected ANY, ALL or EXACT");
                };
        if (count < 1 || count > all.size()) {
            throw written.get()
                    .error("count", count + " operators are required, but only " + all.size() + " are listed");
        }
        return all.subList(0, (int) count);
    }
}
