package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Name;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.jenkins.config.credential.CredentialUse;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.jenkins.config.key.Pkcs11KeyLoader;
import io.jenkins.plugins.airworthy.jenkins.config.scope.ImageScope;
import io.jenkins.plugins.airworthy.jenkins.config.scope.JobScope;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.scan.TrivyServer;
import io.jenkins.plugins.airworthy.scan.TrivySettings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks an administrator's settings before they are stored: from a form, a page or configuration as code. */
final class ConfigurationCheck {
    /** How many keys, policies, registries, agents or folders there may be, each. */
    static final int MAX_ENTRIES = 1_000;

    private static final Pattern REALM = Pattern.compile("[a-z0-9.-]{1,253}|\\[[0-9a-f:]{2,39}]");
    private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z]:[\\\\/].*|\\\\\\\\.*");

    private ConfigurationCheck() {}

    static void key(KeyEntry key) throws InvalidInputException {
        Name.require(key.getName(), "a key");
        if ((key.getPrivateKey() == null ? 0 : 1)
                        + (key.getCredentialsId().isEmpty() ? 0 : 1)
                        + (key.isInHardware() ? 1 : 0)
                        + (key.isKeyless() ? 1 : 0)
                > 1) {
            throw new InvalidInputException(key
                    + " has more than one source for its private key (the entry itself, a credential, hardware, an identity):"
                    + " keep one");
        }
        hardware(key);
        if (!key.isKeyless()) {
            key.verificationKey();
        } else if (!key.getPublicKey().isBlank()) {
            throw new InvalidInputException(
                    key + ": an entry with 'identityCredentialsId' signs without a key: remove its public half");
        }
        key.endedAt();
        JobScope.of(key.getFolders(), key.toString());
        ImageScope.of(key.getImages(), key.toString());
        accepts(key.getAccepts(), key);
        if (key.getAccepts().contains(RunKind.ADOPTED)
                && (key.getFolders().isEmpty() || key.getImages().isEmpty())) {
            throw new InvalidInputException(key + ": a key that accepts " + RunKind.ADOPTED
                    + " names both 'folders' and 'images': otherwise every job could have any image signed as its own");
        }
        if (key.getState() == KeyState.ACTIVE && !key.getEnded().isEmpty()) {
            throw new InvalidInputException(key + ": an active key has not ended: remove 'ended', or set the state");
        }
    }

    private static void hardware(KeyEntry key) throws InvalidInputException {
        if (key.isInHardware()) {
            Pkcs11KeyLoader.parse(key.getHardwareKey(), key.toString());
        }
        if (key.isInHardware() == key.getPinCredentialsId().isEmpty()) {
            throw new InvalidInputException(
                    key + ": 'pinCredentialsId' is needed for a key in hardware, and for no other key: a secret text"
                            + " with the scope System that contains the PIN");
        }
    }

    static void policy(PolicyEntry policy) throws InvalidInputException {
        Name.require(policy.getName(), "a policy");
        policy.policy();
        JobScope.of(policy.getJobs(), policy.toString());
        accepts(policy.getAccepts(), policy);
        if (policy.getAccepts().contains(RunKind.ADOPTED)) {
            throw new InvalidInputException(
                    policy + ": accepts adopted images in its document, by 'adopted: true' in the"
                            + " rule provenance, and not here");
        }
    }

    private static void accepts(List<RunKind> kinds, Object what) throws InvalidInputException {
        for (RunKind kind : kinds) {
            if (!kind.isMarked()) {
                throw new InvalidInputException(what + ": " + kind + " needs no acceptance; choose among "
                        + RunKind.marked() + " and, for a key, " + RunKind.ADOPTED);
            }
        }
    }

    static void registry(RegistryEntry registry) throws InvalidInputException {
        registry.access().settings();
        if (registry.getRole() == RegistryRole.PRODUCTION
                && !registry.getCredentialsId().isEmpty()
                && registry.getCredentialsId().equals(registry.getAgentCredentialsId())) {
            throw new InvalidInputException(
                    registry + ": its credentials for agents are the ones that the gate promotes with; name"
                            + " others that may write only where builds push, or leave them empty");
        }
        if (registry.isPlainHttp() && !registry.getClientCertificateId().isEmpty()) {
            throw new InvalidInputException(registry
                    + ": a client certificate and plain http are both given: without TLS the registry asks for none");
        }
        for (String realm : registry.getTokenRealms()) {
            realm(realm);
        }
    }

    static void registries(List<RegistryEntry> registries) throws InvalidInputException {
        distinct(registries.stream().map(RegistryEntry::getHost).toList(), "registries");
        for (RegistryEntry registry : registries) {
            registry(registry);
        }
    }

    /** Refuses credentials that do not exist, or that jobs could bind although they must not. */
    static void credentials(List<RegistryEntry> registries, TrivyOptions trivy) throws InvalidInputException {
        RegistryCredentials credentials = new RegistryCredentials(CredentialUse.UNTRACKED);
        for (RegistryEntry registry : registries) {
            credentials.forController(registry);
            credentials.forAgents(registry);
            credentials.certificate(registry);
        }
        trivy.requireToken();
    }

    static void realm(String realm) throws InvalidInputException {
        if (!REALM.matcher(realm).matches()) {
            throw new InvalidInputException(
                    "the token realm '" + realm + "': name the host alone, in lower case, without scheme and port");
        }
    }

    static void agent(String name) throws InvalidInputException {
        if (name.isBlank() || name.contains("/")) {
            throw new InvalidInputException("'" + name + "' is not the name of an agent");
        }
    }

    static void agents(List<String> names) throws InvalidInputException {
        distinct(names, "trusted agents");
        for (String name : names) {
            agent(name);
        }
    }

    static void layoutFolders(List<String> folders, Path home) throws InvalidInputException {
        distinct(folders, "layout folders");
        for (String folder : folders) {
            layoutFolder(folder, home);
        }
    }

    /**
     * A folder that may hold layouts.
     *
     * @param home of Jenkins, which no such folder may hold: a job's image could overwrite a layout there
     */
    static void layoutFolder(String folder, Path home) throws InvalidInputException {
        try {
            Path path = Path.of(folder).normalize();
            if (!path.isAbsolute() || path.getNameCount() == 0) {
                throw new InvalidInputException(
                        "the layout folder '" + folder + "': name a folder by its absolute path, and not the root");
            }
            if (home.toAbsolutePath().normalize().startsWith(path)) {
                throw new InvalidInputException("the layout folder '" + folder
                        + "' contains Jenkins' own files: name one that contains only image layouts");
            }
        } catch (InvalidPathException e) {
            throw new InvalidInputException("the layout folder '" + folder + "' cannot exist", e);
        }
    }

    static void trivy(TrivyOptions trivy) throws InvalidInputException {
        if (!trivy.getServer().isEmpty()) {
            // A wrong token shows only later; an unencrypted connection for it shows now.
            TrivyServer.of(
                    trivy.getServer(),
                    trivy.getTokenCredentialsId().isEmpty() ? Optional.empty() : Optional.of("a-token"));
        } else if (!trivy.getTokenCredentialsId().isEmpty()) {
            throw new InvalidInputException("a token is given without a Trivy server that could ask for it");
        }
        cache(trivy.getCache());
        minutes(trivy.getMinutes());
    }

    /** A path on an agent, whose operating system may differ from the controller's. */
    static void cache(String folder) throws InvalidInputException {
        if (!folder.isEmpty() && !isAbsolute(folder)) {
            throw new InvalidInputException("the cache folder '" + folder + "': give its absolute path on the agents");
        }
    }

    static boolean isAbsolute(String path) {
        return ABSOLUTE.matcher(path).matches();
    }

    static void minutes(int minutes) throws InvalidInputException {
        if (minutes < 1 || minutes > TrivySettings.MAX_TIME_LIMIT.toMinutes()) {
            throw new InvalidInputException("the time limit for a scan is 1 to "
                    + TrivySettings.MAX_TIME_LIMIT.toMinutes() + " minutes, not " + minutes);
        }
    }

    static void verdictMinutes(int minutes) throws InvalidInputException {
        if (minutes < 1 || minutes > Gate.MAX_TIME_LIMIT.toMinutes()) {
            throw new InvalidInputException("the time limit for a verdict is 1 to " + Gate.MAX_TIME_LIMIT.toMinutes()
                    + " minutes, not " + minutes);
        }
    }

    /** Refuses a list that is too long or has duplicates. */
    static void distinct(Collection<String> names, String what) throws InvalidInputException {
        if (names.size() > MAX_ENTRIES) {
            throw new InvalidInputException("more than the allowed " + MAX_ENTRIES + " " + what);
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new InvalidInputException("'" + name + "' is listed twice among the " + what);
            }
        }
    }

    /** Splits a text into words: forms send a list as one text. */
    static List<String> words(List<String> texts) {
        return texts.stream()
                .flatMap(text -> Pattern.compile("[\\s,]+").splitAsStream(text))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
