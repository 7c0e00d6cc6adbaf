package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.ThisMachine;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A Trivy server with a shared vulnerability database. Refuses an address with credentials, query or fragment,
 * and a token that would be sent unencrypted to another machine.
 */
public final class TrivyServer {
    private static final int MAX_TOKEN_LENGTH = 4_096;

    private final URI address;
    private final Optional<String> token;

    private TrivyServer(URI address, Optional<String> token) {
        this.address = address;
        this.token = token;
    }

    /**
     * Checks an address and a token.
     *
     * @param address for example {@code https://trivy.example.com:4954}
     */
    public static TrivyServer of(String address, Optional<String> token) throws InvalidInputException {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw refused("is not an address", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null) {
            throw refused("must be http or https and name a host", null);
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused("must not contain a user, password, query or fragment: give the token separately", null);
        }
        if (token.isPresent()) {
            requireToken(token.get());
            if (scheme.equals("http") && !ThisMachine.isNamed(uri.getHost())) {
                throw refused("must be https, or everyone on the way could read the token", null);
            }
        }
        return new TrivyServer(uri, token);
    }

    private static void requireToken(String token) throws InvalidInputException {
        boolean plain = token.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (token.isEmpty() || token.length() > MAX_TOKEN_LENGTH || !plain) {
            throw new InvalidInputException("the token of the Trivy server must be 1 to " + MAX_TOKEN_LENGTH
                    + " printable ASCII characters without spaces");
        }
    }

    private static InvalidInputException refused(String problem, Throwable cause) {
        // The message does not quote the address, since its fault may be a password in it.
        return new InvalidInputException("the address of the Trivy server " + problem, cause);
    }

    public URI address() {
        return address;
    }

    Optional<String> token() {
        return token;
    }

    /** Returns the address, without the token. */
    @Override
    public String toString() {
        return address.toString();
    }
}
