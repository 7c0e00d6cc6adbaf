package io.jenkins.plugins.airworthy.jenkins.run;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.jenkins.config.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.RingKey;
import io.jenkins.plugins.airworthy.jenkins.config.SignatureLog;
import io.jenkins.plugins.airworthy.sign.SigningKey;
import io.jenkins.plugins.airworthy.sign.StatementToSign;
import io.jenkins.plugins.airworthy.sign.VerificationKey;

import java.time.InstantSource;

/**
 * A key whose every signature stands in the controller's record of signatures before anybody else sees it. Refuses to sign anything
 * but a statement about an image, of a type that its role is for: what it cannot read it cannot record.
 */
public final class LoggedKey implements SigningKey, LoggedSigner {
    private final SigningKey key;
    private final String name;
    private final KeyRole role;
    private final String run;
    private final String repository;
    private final SignatureLog log;
    private final InstantSource clock;

    LoggedKey(
            SigningKey key,
            String name,
            KeyRole role,
            String run,
            String repository,
            SignatureLog log,
            InstantSource clock) {
        this.key = key;
        this.name = name;
        this.role = role;
        this.run = run;
        this.repository = repository;
        this.log = log;
        this.clock = clock;
    }

    /** A key that is open, for one run and what it attaches in one repository. */
    static LoggedKey of(RingKey key, SigningKey opened, Run<?, ?> run, String repository) {
        return new LoggedKey(
                opened,
                key.name(),
                key.role(),
                run.getExternalizableId(),
                repository,
                SignatureLog.current(),
                InstantSource.system());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String fingerprint() {
        return publicKey().fingerprint();
    }

    @Override
    public VerificationKey publicKey() {
        return key.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) throws AirworthyException, InterruptedException {
        StatementToSign asked = StatementToSign.of(message);
        Statement statement = asked.statement();
        SignedTypes.require(role, statement.predicateType());
        byte[] signature = key.sign(message);
        log.append(new SignatureLog.Entry(
                clock.instant(),
                run,
                statement.subject().digest(),
                asked.payload(),
                statement.predicateType(),
                name,
                fingerprint(),
                SignatureLog.Details.of(statement, false, repository)));
        return signature;
    }

    @Override
    public String toString() {
        return "key '" + name + "'";
    }
}
