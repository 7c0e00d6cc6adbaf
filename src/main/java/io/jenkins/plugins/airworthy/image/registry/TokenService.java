package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The service that a registry names for tokens (distribution, token authentication specification). Refuses a service that would
 * reveal the registry's credential: on a host that is neither the registry's own, nor of a parent domain, nor listed in the
 * settings, or with a connection weaker than the registry's own.
 *
 * @param elsewhere whether only the similar name connects it to the registry, so that it must not be on this machine
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
