package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a registry sends us for a token (distribution, token authentication specification). Refuses a place that a
 * registry could use to have its credential sent to a stranger: another host than its own, a parent domain's or one that
 * the settings list, or a connection weaker than the registry's own.
 */
record TokenService(URI realm, Optional<String> service) {
    private static final String DOCKER_HUB = "docker.io";
    private static final String DOCKER_HUB_REALM = "auth.docker.io";

    static TokenService of(Challenge challenge, RegistrySettings settings) throws UndecidedException {
        String written = challenge.parameters().getOrDefault("realm", "");
        String refusal = "registry " + settings.host() + " names '" + written + "' as its token service, ";
        URI realm;
        try {
            realm = URI.create(written);
        } catch (IllegalArgumentException e) {
            throw new UndecidedException(refusal + "which is no address", e);
        }
        if (!Origin.isUsable(realm) || realm.getRawFragment() != null) {
            throw new UndecidedException(refusal + "which is no http or https address without user and fragment");
        }
        if (!settings.plainHttp() && !Origin.of(realm).isEncrypted()) {
            throw new UndecidedException(refusal + "which would send the credential unencrypted; nothing was sent");
        }
        if (!allowed(realm.getHost().toLowerCase(Locale.ROOT), settings)) {
            throw new UndecidedException(refusal + "which is another host; nothing was sent. If it is right, add "
                    + realm.getHost() + " to the token realms in the settings of this registry");
        }
        return new TokenService(
                realm, Optional.ofNullable(challenge.parameters().get("service")));
    }

    private static boolean allowed(String realmHost, RegistrySettings settings) {
        String registry = settings.host().replaceFirst(":[0-9]+$", "");
        boolean parent = realmHost.matches(".*[a-z].*\\..*") && registry.endsWith("." + realmHost);
        boolean dockerHub = registry.equals(DOCKER_HUB) && realmHost.equals(DOCKER_HUB_REALM);
        return realmHost.equals(registry)
                || parent
                || dockerHub
                || settings.tokenRealms().contains(realmHost);
    }
}
