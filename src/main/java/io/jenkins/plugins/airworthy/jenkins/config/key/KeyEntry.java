package io.jenkins.plugins.airworthy.jenkins.config.key;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.Secret;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * A key as the administrator set it up: its public half, where its private half is (sealed here, in a credential, in a
 * hardware module, or nowhere when it only verifies), and what it may be used for. Never shows the private half.
 */
public final class KeyEntry implements Describable<KeyEntry> {
    private final String name;
    private String publicKey = "";
    private Secret privateKey;
    private String credentialsId = "";
    private String passwordCredentialsId = "";
    private String hardwareKey = "";
    private String pinCredentialsId = "";
    private String identityCredentialsId = "";
    private List<KeyRole> roles = new ArrayList<>();
    private List<String> folders = new ArrayList<>();
    private List<String> images = new ArrayList<>();
    private List<RunKind> accepts = new ArrayList<>();
    private KeyState state = KeyState.ACTIVE;
    private String created = "";
    private String ended = "";
    private Boolean madeHere = false;

    @DataBoundConstructor
    public KeyEntry(String name) {
        this.name = Util.fixNull(name).trim();
    }

    /** The name that policies and jobs use for it. */
    public String getName() {
        return name;
    }

    /** PEM; may be left out where the private half is given here. */
    public String getPublicKey() {
        return publicKey;
    }

    @DataBoundSetter
    public void setPublicKey(String publicKey) {
        this.publicKey = Util.fixNull(publicKey);
    }

    /** PKCS #8 in PEM, encrypted by Jenkins; null if there is none. */
    public Secret getPrivateKey() {
        return privateKey;
    }

    @DataBoundSetter
    public void setPrivateKey(Secret privateKey) {
        this.privateKey = privateKey;
    }

    /** A system credential that holds the private half; empty if there is none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId);
    }

    /** A system credential that holds the password of the other; empty where none is needed. */
    public String getPasswordCredentialsId() {
        return passwordCredentialsId;
    }

    @DataBoundSetter
    public void setPasswordCredentialsId(String passwordCredentialsId) {
        this.passwordCredentialsId = Util.fixNull(passwordCredentialsId);
    }

    /** The RFC 7512 name of the private half in a hardware module; empty if it is not in one. */
    public String getHardwareKey() {
        return hardwareKey;
    }

    @DataBoundSetter
    public void setHardwareKey(String hardwareKey) {
        this.hardwareKey = Util.fixNull(hardwareKey).trim();
    }

    /** A system credential, a secret text, that holds the PIN of that module's token. */
    public String getPinCredentialsId() {
        return pinCredentialsId;
    }

    @DataBoundSetter
    public void setPinCredentialsId(String pinCredentialsId) {
        this.pinCredentialsId = Util.fixNull(pinCredentialsId);
    }

    /** Whether its private half stays in a hardware module. */
    public boolean isInHardware() {
        return !hardwareKey.isEmpty();
    }

    /** A system credential, a secret text, that holds an identity token; empty where a key signs. */
    public String getIdentityCredentialsId() {
        return identityCredentialsId;
    }

    @DataBoundSetter
    public void setIdentityCredentialsId(String identityCredentialsId) {
        this.identityCredentialsId = Util.fixNull(identityCredentialsId);
    }

    /** Whether it signs without a key, as an identity. Policies name that identity, and not this entry. */
    public boolean isKeyless() {
        return !identityCredentialsId.isEmpty();
    }

    public List<KeyRole> getRoles() {
        return List.copyOf(roles);
    }

    @DataBoundSetter
    public void setRoles(List<KeyRole> roles) {
        this.roles = copy(roles);
    }

    /** Full names of folders and jobs that may use it; empty for all. */
    public List<String> getFolders() {
        return List.copyOf(folders);
    }

    @DataBoundSetter
    public void setFolders(List<String> folders) {
        this.folders = copy(folders);
    }

    /** Patterns of images that it signs, as in policies; empty for all that the run itself built. */
    public List<String> getImages() {
        return List.copyOf(images);
    }

    @DataBoundSetter
    public void setImages(List<String> images) {
        this.images = copy(images);
    }

    /** Marked kinds of runs for which it signs image and provenance too. */
    public List<RunKind> getAccepts() {
        return List.copyOf(accepts);
    }

    @DataBoundSetter
    public void setAccepts(List<RunKind> accepts) {
        this.accepts = copy(accepts);
    }

    public KeyState getState() {
        return state;
    }

    @DataBoundSetter
    public void setState(KeyState state) {
        this.state = state == null ? KeyState.ACTIVE : state;
    }

    /** When it was generated or imported, as an ISO 8601 instant; empty if that is not known. */
    public String getCreated() {
        return created;
    }

    @DataBoundSetter
    public void setCreated(String created) {
        this.created = Util.fixNull(created);
    }

    /** When it was retired, or since when it is revoked, as an ISO 8601 instant; empty while it is active. */
    public String getEnded() {
        return ended;
    }

    @DataBoundSetter
    public void setEnded(String ended) {
        this.ended = Util.fixNull(ended);
    }

    /** The public half, checked. */
    public VerificationKey verificationKey() throws InvalidInputException {
        return VerificationKey.parse(publicKey.getBytes(StandardCharsets.UTF_8), "the public half of " + this);
    }

    /**
     * Since when it is revoked or retired. A revocation without a date counts from the beginning of time: none of the key's
     * signatures is believed.
     */
    public Instant endedAt() throws InvalidInputException {
        try {
            return ended.isEmpty() ? Instant.MIN : Instant.parse(ended);
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(this + ": 'ended' is not an instant: write it as 2026-11-30T12:00:00Z", e);
        }
    }

    /** The same, but an unreadable date counts as no date. */
    Instant endedOrAlways() {
        try {
            return endedAt();
        } catch (InvalidInputException e) {
            return Instant.MIN;
        }
    }

    /** Whether its private half was generated or imported on the page of the keys, so that it may exist nowhere else. */
    public boolean isMadeHere() {
        return madeHere;
    }

    void setMadeHere(boolean madeHere) {
        this.madeHere = madeHere;
    }

    /** Whether it has a private half at all. */
    public boolean canSign() {
        return privateKey != null || !credentialsId.isEmpty() || isInHardware() || isKeyless();
    }

    @Override
    public String toString() {
        return "key '" + name + "'";
    }

    private static <T> List<T> copy(List<T> list) {
        return list == null ? new ArrayList<>() : new ArrayList<>(list);
    }

    /** Older configurations lack newer fields. */
    Object readResolve() {
        publicKey = Util.fixNull(publicKey);
        credentialsId = Util.fixNull(credentialsId);
        passwordCredentialsId = Util.fixNull(passwordCredentialsId);
        hardwareKey = Util.fixNull(hardwareKey);
        pinCredentialsId = Util.fixNull(pinCredentialsId);
        identityCredentialsId = Util.fixNull(identityCredentialsId);
        roles = copy(roles);
        folders = copy(folders);
        images = copy(images);
        accepts = copy(accepts);
        // Why it ended is no longer known: an unknown state is not a reason to trust.
        state = state == null ? KeyState.REVOKED : state;
        created = Util.fixNull(created);
        ended = Util.fixNull(ended);
        // Its origin was not recorded: better keep it.
        madeHere = madeHere == null ? privateKey != null : madeHere;
        return this;
    }

    /** The descriptor of key entries. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<KeyEntry> {
        @Override
        public String getDisplayName() {
            return "Key";
        }
    }
}
