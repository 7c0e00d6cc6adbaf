package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.Name;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys from configuration as code, and the keys that were made here and are missing in it: their private halves exist nowhere
 * else, so no file deletes them.
 *
 * @param notices what to report to an administrator
 */
public record KeptKeys(List<KeyEntry> keys, List<String> notices) {
    private static final int BRIEF = 8;

    /**
     * Merges both lists; for a key that is in the file, the file's settings count.
     *
     * @param asCode with public halves
     */
    public static KeptKeys of(List<KeyEntry> asCode, List<KeyEntry> present) {
        List<KeyEntry> keys = new ArrayList<>(asCode);
        List<String> notices = new ArrayList<>();
        for (KeyEntry own : present) {
            if (own.isMadeHere() && !keys.contains(own) && !isTakenOver(own, asCode)) {
                Optional<KeyEntry> namesake = named(own.getName(), keys);
                KeyEntry kept = namesake.isPresent() ? aside(own) : own;
                if (named(kept.getName(), keys).isEmpty()) {
                    keys.add(kept);
                    notices.add(
                            namesake.isPresent()
                                    ? own
                                            + " was made here, and the configuration as code has another key of that name: the"
                                            + " private half made here is kept as " + kept + ", and signs nothing"
                                    : own + " was made here and is not in the configuration as code: it is kept");
                }
            }
        }
        return new KeptKeys(List.copyOf(keys), List.copyOf(notices));
    }

    /** Whether the file has the private half itself, or only the public half. */
    private static boolean isTakenOver(KeyEntry own, List<KeyEntry> asCode) {
        for (KeyEntry key : asCode) {
            if (isSame(own, key) && key.getPrivateKey() != null) {
                key.setMadeHere(true);
                return true;
            }
            if (isSame(own, key) && key.getName().equals(own.getName()) && !key.canSign()) {
                key.setPrivateKey(own.getPrivateKey());
                key.setMadeHere(true);
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(KeyEntry one, KeyEntry other) {
        Optional<String> fingerprint = KeyStates.fingerprint(one);
        return fingerprint.isPresent() && fingerprint.equals(KeyStates.fingerprint(other));
    }

    private static Optional<KeyEntry> named(String name, List<KeyEntry> keys) {
        return keys.stream().filter(key -> key.getName().equals(name)).findFirst();
    }

    /** The same key under a name that no policy has, without a role. */
    private static KeyEntry aside(KeyEntry own) {
        String mark = "-" + KeyStates.fingerprint(own).orElse("unreadable").substring(0, BRIEF);
        String name = own.getName();
        int room = Name.MAX_LENGTH - mark.length();
        KeyEntry kept = new KeyEntry((name.length() > room ? name.substring(0, room) : name) + mark);
        kept.setPublicKey(own.getPublicKey());
        kept.setPrivateKey(own.getPrivateKey());
        kept.setFolders(own.getFolders());
        kept.setImages(own.getImages());
        kept.setState(own.getState());
        kept.setEnded(own.getEnded());
        kept.setCreated(own.getCreated());
        kept.setMadeHere(true);
        return kept;
    }
}
