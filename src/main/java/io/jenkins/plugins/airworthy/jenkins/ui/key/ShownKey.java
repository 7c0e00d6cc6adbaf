package io.jenkins.plugins.airworthy.jenkins.ui.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyStates;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.ui.element.ShownTime;
import io.jenkins.plugins.airworthy.jenkins.ui.element.StatusMark;
import io.jenkins.plugins.airworthy.jenkins.ui.element.UrlSegment;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.sign.pkcs11.Pkcs11Uri;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A key as pages show it: its public half and what it may do. It does not contain the private half, so no view can show it.
 *
 * @param publicKey PEM; empty when it cannot be read
 * @param fingerprint hexadecimal SHA-256 of the public key; empty when it cannot be read
 * @param algorithm of the public key, or what is wrong with it; empty where there is no key
 * @param source where the private half is, in words
 * @param created empty if it is not known
 * @param ended when it was retired or since when it is revoked; empty while it is active
 */
public record ShownKey(
        String name,
        String publicKey,
        String fingerprint,
        String algorithm,
        String source,
        boolean canSign,
        KeyState state,
        String created,
        String ended,
        List<KeyRole> roles,
        List<String> folders,
        List<String> images,
        List<RunKind> accepts) {
    private static final int BRIEF = 12;

    public static ShownKey of(KeyEntry entry, KeyStates states) {
        String pem = "";
        String fingerprint = "";
        String algorithm;
        if (entry.isKeyless()) {
            return without(entry, states);
        }
        try {
            VerificationKey key =
                    VerificationKey.parse(entry.getPublicKey().getBytes(StandardCharsets.UTF_8), entry.toString());
            pem = key.pem();
            fingerprint = key.fingerprint();
            algorithm = key.algorithm().toString();
        } catch (InvalidInputException e) {
            algorithm = e.getMessage();
        }
        return new ShownKey(
                entry.getName(),
                pem,
                fingerprint,
                algorithm,
                source(entry),
                entry.canSign(),
                states.of(entry),
                time(entry.getCreated()),
                time(states.ended(entry)),
                entry.getRoles(),
                entry.getFolders(),
                entry.getImages(),
                entry.getAccepts());
    }

    private static ShownKey without(KeyEntry entry, KeyStates states) {
        return new ShownKey(
                entry.getName(),
                "",
                "",
                "",
                "no key: signs as the identity in the credential " + entry.getIdentityCredentialsId(),
                true,
                states.of(entry),
                time(entry.getCreated()),
                time(states.ended(entry)),
                entry.getRoles(),
                entry.getFolders(),
                entry.getImages(),
                entry.getAccepts());
    }

    private static String source(KeyEntry entry) {
        if (!entry.canSign()) {
            return "verifies only";
        }
        if (entry.isInHardware()) {
            return hardware(entry.getHardwareKey());
        }
        return entry.getCredentialsId().isEmpty() ? "kept here, encrypted" : "credential " + entry.getCredentialsId();
    }

    private static String hardware(String uri) {
        try {
            return Pkcs11Uri.parse(uri).toString();
        } catch (InvalidInputException e) {
            return "in hardware, under a name that cannot be read";
        }
    }

    private static String time(String instant) {
        try {
            return instant.isEmpty() ? "" : ShownTime.of(Instant.parse(instant)).text();
        } catch (DateTimeException e) {
            return "";
        }
    }

    public boolean readable() {
        return !publicKey.isEmpty();
    }

    public String briefFingerprint() {
        return fingerprint.length() < BRIEF ? fingerprint : fingerprint.substring(0, BRIEF);
    }

    public boolean active() {
        return state == KeyState.ACTIVE;
    }

    public boolean revoked() {
        return state == KeyState.REVOKED;
    }

    public String stateWord() {
        return signsNothing() ? words(state) + ", without a role" : words(state);
    }

    private boolean signsNothing() {
        return active() && canSign && roles.isEmpty();
    }

    /** The mark of the state. An active key that signs nothing, for example without a role, is not marked as good. */
    public StatusMark mark() {
        return switch (state) {
            case ACTIVE -> signsNothing() ? StatusMark.NOT_APPLICABLE : StatusMark.PASSED;
            case RETIRED -> StatusMark.NOT_APPLICABLE;
            case REVOKED -> StatusMark.FAILED;
        };
    }

    /** What it signs, in words; a key that ended signs nothing, whatever roles it has. */
    public String roleWords() {
        return !active() || roles.isEmpty()
                ? "nothing"
                : String.join(", ", roles.stream().map(KeyRole::plural).toList());
    }

    /** What a key that ended still means; empty while it is active. */
    public String meaning() {
        return switch (state) {
            case ACTIVE -> "";
            case RETIRED -> "It signs nothing any more. Its signatures are believed as before.";
            case REVOKED ->
                ended.isEmpty()
                        ? "It signs nothing any more, and none of its signatures is believed."
                        : "It signs nothing any more. Of its signatures, only those are believed that this controller's record"
                                + " has from before " + ended + ".";
        };
    }

    /** The images that it signs about. */
    public String imageWords() {
        return images.isEmpty() ? "only images that the same run built" : imagesText();
    }

    public String foldersText() {
        return String.join("\n", folders);
    }

    public String imagesText() {
        return String.join("\n", images);
    }

    /** Whether it has the role of this constant's name. */
    public boolean hasRole(String role) {
        return roles.stream().anyMatch(has -> has.name().equals(role));
    }

    /** Whether it accepts the kind of run of this constant's name. */
    public boolean acceptsKind(String kind) {
        return accepts.stream().anyMatch(accepted -> accepted.name().equals(kind));
    }

    /** Its name as a part of an address. */
    public String address() {
        return UrlSegment.segment(name);
    }

    /** A constant in words. */
    public static String words(Enum<?> constant) {
        String text = constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
