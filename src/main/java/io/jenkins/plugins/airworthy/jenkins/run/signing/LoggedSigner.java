package io.jenkins.plugins.airworthy.jenkins.run.signing;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.key.OfferedKey;
import io.jenkins.plugins.airworthy.jenkins.config.key.SignedTypes;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.SignedStatement;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

import java.time.InstantSource;

/**
 * A signer for one run that writes each signature to the controller's record before it returns it; only the log of an identity's
 * Sigstore instance gets it earlier. Refuses every statement whose type the role of the key does not allow, before anything is
 * signed.
 */
public final class LoggedSigner implements StatementSigner {
    private final OfferedKey key;
    private final StatementSigner signer;
    private final String run;
    private final String repository;
    private final SignatureLog log;
    private final InstantSource clock;

    LoggedSigner(
            OfferedKey key,
            StatementSigner signer,
            String run,
            String repository,
            SignatureLog log,
            InstantSource clock) {
        this.key = key;
        this.signer = signer;
        this.run = run;
        this.repository = repository;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Opens an offered key or identity.
     *
     * @param repository where its signatures will be attached
     * @param format the form in which they are stored
     */
    public static LoggedSigner open(OfferedKey key, Run<?, ?> run, String repository, EvidenceFormat format)
            throws AirworthyException, InterruptedException {
        return of(key, key.signer(run, format, AirworthyConfiguration.get().getSigstore()), run, repository);
    }

    /** A signer that is open. */
    static LoggedSigner of(OfferedKey key, StatementSigner opened, Run<?, ?> run, String repository) {
        return new LoggedSigner(
                key, opened, run.getExternalizableId(), repository, SignatureLog.current(), InstantSource.system());
    }

    /** The name that jobs use for it. */
    String name() {
        return key.name();
    }

    @Override
    public SignedStatement sign(Statement statement) throws AirworthyException, InterruptedException {
        SignedTypes.require(key.role(), statement.predicateType());
        SignedStatement signed = signer.sign(statement);
        log.append(new SignatureLog.Entry(
                clock.instant(),
                run,
                signed.statement().subject().digest(),
                signed.payload(),
                signed.statement().predicateType(),
                key.name(),
                signed.key().fingerprint(),
                SignatureLog.Details.of(signed.statement(), signed.identity().isPresent(), repository)));
        return signed;
    }

    @Override
    public String toString() {
        return (key.isKeyless() ? "identity '" : "key '") + key.name() + "'";
    }
}
