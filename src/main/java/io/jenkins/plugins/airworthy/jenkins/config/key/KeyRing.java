package io.jenkins.plugins.airworthy.jenkins.config.key;

import hudson.model.Job;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.scope.JobScope;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.sign.key.SignatureRecord;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All keys, in the administrator's order. Offers a job the keys that it may use, and refuses every other key with the reason. */
public final class KeyRing {
    private static final String WHERE = "an administrator can change keys under Manage Jenkins, Airworthy";

    private final List<KeyEntry> entries;
    private final SignatureLog signatures;
    private final EndedKeys ended;

    public KeyRing(List<KeyEntry> entries, SignatureLog signatures, EndedKeys ended) {
        this.entries = List.copyOf(entries);
        this.signatures = signatures;
        this.ended = ended;
    }

    /** The key that signs about an image that the run built, for a run that is not marked, or when marks do not matter. */
    public OfferedKey signingKey(String nameOrNull, KeyRole role, Job<?, ?> job, ImageReference image)
            throws AirworthyException {
        return signingKey(nameOrNull, role, job, image, true, Set.of());
    }

    /**
     * Finds the key that signs.
     *
     * @param nameOrNull the key that the job asks for; without a name the first active key that fits
     * @param built whether the run itself built the image
     * @param kinds of the run; a key must accept every marked one
     */
    public OfferedKey signingKey(
            String nameOrNull, KeyRole role, Job<?, ?> job, ImageReference image, boolean built, Set<RunKind> kinds)
            throws AirworthyException {
        return signingKey(nameOrNull, role, job.getFullName(), image, built, kinds);
    }

    /** The same for a job by its full name. */
    public OfferedKey signingKey(
            String nameOrNull, KeyRole role, String job, ImageReference image, boolean built, Set<RunKind> kinds)
            throws AirworthyException {
        return find(
                Optional.ofNullable(nameOrNull).filter(name -> !name.isBlank()),
                new KeyRequest(role, job, image, built, kinds));
    }

    OfferedKey find(Optional<String> name, KeyRequest request) throws AirworthyException {
        KeyStates states = KeyStates.of(entries, ended);
        List<String> refusals = new ArrayList<>();
        for (KeyEntry entry : entries) {
            if (name.isEmpty() ? !request.isInReachOf(entry) : !name.get().equals(entry.getName())) {
                continue;
            }
            Optional<String> refusal = request.refusal(entry, states);
            if (refusal.isEmpty()) {
                return new OfferedKey(
                        entry,
                        request.role(),
                        entry.isKeyless() ? Optional.empty() : Optional.of(entry.verificationKey()));
            }
            refusals.add(refusal.get());
        }
        if (refusals.isEmpty()) {
            throw new InvalidInputException(
                    name.map(n -> "there is no key '" + n + "'").orElse("no key is offered to the job " + request.job())
                            + " to sign " + request.role().plural() + "; " + WHERE);
        }
        throw new InvalidInputException(
                (name.isPresent() ? "" : "no key signs " + request.role().plural() + " here: ")
                        + String.join("; ", refusals) + "; " + WHERE);
    }

    /** Refuses a name that the job may not ask for, regardless of what the key would sign. */
    public void requireOffered(String name, Job<?, ?> job) throws AirworthyException {
        requireOffered(name, job.getFullName());
    }

    void requireOffered(String name, String job) throws AirworthyException {
        List<String> offered = offeredTo(job);
        if (!offered.contains(name)) {
            throw new InvalidInputException("there is no key '" + name + "' that the job " + job
                    + " may sign with; it may use " + offered + "; " + WHERE);
        }
    }

    /** Names of the active keys that a job may ask for, in order; for pickers. */
    public List<String> offeredTo(String job) throws UndecidedException {
        KeyStates states = KeyStates.of(entries, ended);
        return entries.stream()
                .filter(key -> states.of(key) == KeyState.ACTIVE && key.canSign())
                .filter(key -> new JobScope(key.getFolders()).covers(job))
                .map(KeyEntry::getName)
                .toList();
    }

    /**
     * Every key that policies may name. For a revoked key, only signatures count that this controller recorded before the date.
     */
    public List<TrustedKey> trustedKeys() throws AirworthyException {
        KeyStates states = KeyStates.of(entries, ended);
        List<TrustedKey> keys = new ArrayList<>();
        for (KeyEntry entry : entries) {
            if (entry.isKeyless()) {
                continue; // policies name identities themselves
            }
            VerificationKey key = entry.verificationKey();
            entry.endedAt(); // an unreadable date is an error, not a missing date
            keys.add(new TrustedKey(
                    entry.getName(),
                    key,
                    states.ending(entry)
                            .filter(ending -> ending.state() == KeyState.REVOKED)
                            .<SignatureRecord>map(
                                    ending -> new RecordedSignatures(signatures, ending.since(), key.fingerprint()))));
        }
        return List.copyOf(keys);
    }
}
