package io.jenkins.plugins.airworthy.jenkins.config.key;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.config.credential.CredentialUse;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.util.List;
import java.util.Optional;

/** A key that one job may use for one role and image. Its private half is fetched only when it signs. */
public final class OfferedKey {
    private final KeyEntry entry;
    private final KeyRole role;
    private final Optional<VerificationKey> publicKey;

    public OfferedKey(KeyEntry entry, KeyRole role, Optional<VerificationKey> publicKey) {
        this.entry = entry;
        this.role = role;
        this.publicKey = publicKey;
    }

    public String name() {
        return entry.getName();
    }

    public KeyRole role() {
        return role;
    }

    /** Whether it signs as an identity; then it has no public key, and a new key for each signature. */
    public boolean isKeyless() {
        return publicKey.isEmpty();
    }

    public VerificationKey publicKey() {
        return publicKey.orElseThrow(() -> new IllegalStateException(this + " signs without a key"));
    }

    public String fingerprint() {
        return publicKey().fingerprint();
    }

    /** Whether it signs image and provenance of such a run. */
    public boolean accepts(RunKind kind) {
        return !kind.isMarked() || entry.getAccepts().contains(kind);
    }

    /** The private half, ready to sign; its credential is tracked on the run. Do not keep, send or print it. */
    public SigningKey open(Run<?, ?> run) throws AirworthyException, InterruptedException {
        return new KeyLoader(CredentialUse.by(run)).open(entry);
    }

    /**
     * A signer of statements: with the private half, or as the identity in the credential's token, which is fetched for each
     * signature. It neither records signatures nor checks roles.
     *
     * @param sigstore the instance by which an identity signs
     * @param format in which its signatures are stored
     */
    public StatementSigner signer(Run<?, ?> run, EvidenceFormat format, SigstoreInstance sigstore)
            throws AirworthyException, InterruptedException {
        if (isKeyless()) {
            format.requireKeyless();
            return new IdentityLoader(run, sigstore).open(entry);
        }
        return new KeySigner(open(run), format);
    }

    /** The kinds of marked runs that it accepts. */
    public List<RunKind> accepts() {
        return entry.getAccepts();
    }

    @Override
    public String toString() {
        return entry.toString();
    }
}
