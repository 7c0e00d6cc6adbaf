package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a registry sends us for a token (distribution, token authentication specification). Refuses a place that a
 * registry could use to have its credential sent to a stranger: another host than its own, a parent domain's or one that
 * the settings list, or a connection weaker than the registry's own.
 *
 * @param elsewhere whether it is the registry's only by the likeness of their names, so that it may not be this machine
 */
record TokenService(URI realm, Optional<String> service, boolean elsewhere) {
    private static final String DOCKER_HUB = "docker.io";
    private static final String DOCKER_HUB_REALM = "auth.docker.io";

    static TokenService of(Challenge challenge, RegistrySettings settings) throws UndecidedException {
        String written = challenge.parameters().getOrDefault("realm", "");
        String refusal = "registry " + settings.host() + " names '" + written + "' as its token service, ";
        URI realm;
        try {
            realm = UriReference.parse(written).whole();
        } catch (IllegalArgumentException e) {
            throw new UndecidedException(refusal + "which is not an address", e);
        }
        if (!Origin.isUsable(realm) || written.contains("#")) {
            throw new UndecidedException(refusal + "which is not an http or https address without user and fragment");
        }
        if (!settings.plainHttp() && !Origin.of(realm).isEncrypted()) {
            throw new UndecidedException(refusal + "which would send the credential unencrypted; nothing was sent");
        }
        String realmHost = realm.getHost().toLowerCase(Locale.ROOT);
        if (!allowed(realmHost, settings)) {
            throw new UndecidedException(refusal + "which is another host; nothing was sent. If it is right, add "
                    + realm.getHost() + " to the token realms in the settings of this registry (at the command line:"
                    + " --token-realm " + settings.host() + "=" + realm.getHost() + ")");
        }
        return new TokenService(
                realm,
                Optional.ofNullable(challenge.parameters().get("service")),
                !isTheRegistrysOwn(realmHost, settings));
    }

    private static boolean allowed(String realmHost, RegistrySettings settings) {
        String registry = name(settings);
        boolean parent = realmHost.matches(".*[a-z].*\\..*") && registry.endsWith("." + realmHost);
        boolean dockerHub = registry.equals(DOCKER_HUB) && realmHost.equals(DOCKER_HUB_REALM);
        return isTheRegistrysOwn(realmHost, settings) || parent || dockerHub;
    }

    private static boolean isTheRegistrysOwn(String realmHost, RegistrySettings settings) {
        return realmHost.equals(name(settings)) || settings.tokenRealms().contains(realmHost);
    }

    private static String name(RegistrySettings settings) {
        return settings.host().replaceFirst(":[0-9]+$", "");
    }
}
