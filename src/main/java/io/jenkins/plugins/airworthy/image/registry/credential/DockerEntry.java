package io.jenkins.plugins.airworthy.image.registry.credential;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An entry for one registry in docker's {@code config.json}. Docker leaves an empty entry if a helper has the credential, so
 * an empty entry counts as absent. Every other entry is a credential or an error: an entry that is not understood must not
 * cause an anonymous request of a user with an account.
 */
final class DockerEntry {
    private static final String AUTH = "auth";
    private static final String USER = "username";
    private static final String PASSWORD = "password";
    private static final String IDENTITY = "identitytoken";
    private static final String REGISTRY = "registrytoken";
    private static final Set<String> MEMBERS =
            Set.of(AUTH, USER, PASSWORD, IDENTITY, REGISTRY, "email", "serveraddress");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,65536}");
    private static final String EXPECTED = "expected user:password in base64";

    private DockerEntry() {}

    /** @param name the entry's name in {@code auths}, for messages */
    static Optional<Credential> credential(JsonObject entry, String name) throws InvalidInputException {
        entry.refuseLookalikes(MEMBERS);
        Optional<String> registry = text(entry, REGISTRY);
        if (registry.isPresent()) {
            if (!TOKEN.matcher(registry.get()).matches()) {
                throw entry.error(REGISTRY, "is not a token");
            }
            return Optional.of(new Credential.RegistryToken(registry.get()));
        }
        Optional<String> identity = text(entry, IDENTITY);
        if (identity.isPresent()) {
            return Optional.of(new Credential.IdentityToken(identity.get()));
        }
        Optional<String> auth = text(entry, AUTH);
        if (auth.isPresent()) {
            return Optional.of(pair(entry, auth.get()));
        }
        Optional<String> user = text(entry, USER);
        Optional<String> password = text(entry, PASSWORD);
        if (user.isPresent() && password.isPresent()) {
            return Optional.of(new Credential.Password(user.get(), password.get()));
        }
        if (user.isPresent() || password.isPresent()) {
            throw entry.error(user.isPresent() ? PASSWORD : USER, "is missing");
        }
        Set<String> unknown = unknown(entry);
        if (!unknown.isEmpty()) {
            throw entry.error(
                    unknown.iterator().next(),
                    "is not understood, and the entry has no other credential for '" + name
                            + "'; use username and password, auth, identitytoken or registrytoken, or remove the entry");
        }
        return Optional.empty();
    }

    private static Optional<String> text(JsonObject entry, String member) throws InvalidInputException {
        return entry.optionalString(member).filter(text -> !text.isEmpty());
    }

    /** Decodes like docker's own reader, which ignores line breaks, and zeros that an old writer left at the end. */
    private static Credential pair(JsonObject entry, String base64) throws InvalidInputException {
        String pair;
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.replaceAll("[\r\n]", ""));
            pair = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\0+$", "");
        } catch (IllegalArgumentException e) {
            throw entry.error(AUTH, EXPECTED);
        }
        int colon = pair.indexOf(':');
        if (colon < 1) {
            throw entry.error(AUTH, EXPECTED);
        }
        return new Credential.Password(pair.substring(0, colon), pair.substring(colon + 1));
    }

    private static Set<String> unknown(JsonObject entry) {
        return entry.node().properties().stream()
                .map(Map.Entry::getKey)
                .filter(member -> !MEMBERS.contains(member))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
