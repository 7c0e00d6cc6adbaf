package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictYaml;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.MissingTrust;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The inputs of a verdict: a policy, the public keys behind its names, and the trusted root for certificates. */
final class GateOptions {
    @Option(names = "--policy", paramLabel = "FILE", description = "The policy: a checklist in YAML.")
    Optional<String> policy = Optional.empty();

    @Mixin
    TrustedKeyOptions keys;

    @Option(names = TrustedRootFile.OPTION, paramLabel = "FILE", description = TrustedRootFile.DESCRIPTION)
    Optional<String> trustedRoot = Optional.empty();

    @Option(
            names = Minutes.OPTION,
            paramLabel = "N",
            description = "How long the verdict may take, however slow a registry is; default: 10.")
    Optional<Integer> minutes = Optional.empty();

    Duration timeLimit() throws InvalidInputException {
        return Minutes.of(minutes, Gate.DEFAULT_TIME_LIMIT, Gate.MAX_TIME_LIMIT);
    }

    Policy policy(CommandEnvironment environment) throws AirworthyException {
        Optional<Setting> named = Setting.policy(policy, environment);
        if (named.isEmpty()) {
            throw new InvalidInputException("no policy is named: add --policy FILE, or set " + Setting.POLICY);
        }
        return read(named.get().origin(), named.get().value());
    }

    /** The policy in a file that an option names. */
    static Policy read(String option, String name) throws AirworthyException {
        InputFile file = InputFile.of(option, name);
        return Policy.parse(file.read(StrictYaml.MAX_BYTES), file.toString());
    }

    static void report(MissingTrust missing, Progress progress) {
        missing.tell(
                name -> ", which was not given: add --trust " + name + "=FILE",
                ", but no trusted root was given: add " + TrustedRootFile.OPTION + " FILE",
                progress);
    }

    Optional<CertificateTrust> certificates(CommandEnvironment environment) throws AirworthyException {
        return TrustedRootFile.readIfNamed(trustedRoot, environment);
    }

    /**
     * Reads the trusted keys.
     *
     * @param older the same, in the spelling {@code --key NAME=FILE}
     */
    List<TrustedKey> keys(List<String> older, CommandEnvironment environment, Progress progress)
            throws AirworthyException {
        List<TrustedKey> read = keys.read(older, environment, progress);
        if (read.isEmpty() && Setting.trustedRoot(trustedRoot, environment).isEmpty()) {
            throw new InvalidInputException("no public key is given, so no signature could be believed:"
                    + " add --trust NAME=FILE for each key that the policy names, or " + TrustedRootFile.OPTION
                    + " FILE for identities");
        }
        return read;
    }
}
