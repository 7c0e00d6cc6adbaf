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
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The inputs of a verdict: a policy, the public keys behind its names, and the trusted root for certificates. */
final class GateOptions extends Options {
    private final Optional<Argument> policy;

    private final TrustedKeyOptions keys;

    final Argument trustedRoot;

    private final Argument minutes;

    /** With the option that names the policy. */
    GateOptions() {
        this(true);
    }

    /** For a command that names its policy in another way. */
    static GateOptions withoutPolicy() {
        return new GateOptions(false);
    }

    private GateOptions(boolean namesPolicy) {
        policy = namesPolicy
                ? Optional.of(optional("--policy", "FILE", "The policy: a checklist in YAML."))
                : Optional.empty();
        keys = with(new TrustedKeyOptions());
        trustedRoot = optional(TrustedRootFile.OPTION, "FILE", TrustedRootFile.DESCRIPTION);
        minutes =
                number(Minutes.OPTION, "N", "How long the verdict may take, however slow a registry is; default: 10.");
    }

    Duration timeLimit() throws InvalidInputException {
        return Minutes.of(minutes.number(), Gate.DEFAULT_TIME_LIMIT, Gate.MAX_TIME_LIMIT);
    }

    Policy policy(CommandEnvironment environment) throws AirworthyException {
        Optional<Setting> named = Setting.policy(policy.flatMap(Argument::value), environment);
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

    static void report(MissingTrust missing, Progress progress) throws InvalidInputException {
        missing.tell(
                name -> ", which was not given: add --trust " + name + "=FILE",
                ", but no trusted root was given: add " + TrustedRootFile.OPTION + " FILE",
                progress);
    }

    Optional<CertificateTrust> certificates(CommandEnvironment environment) throws AirworthyException {
        return TrustedRootFile.readIfNamed(trustedRoot.value(), environment);
    }

    /** The trusted root as it was given. */
    Optional<byte[]> trustedRoot(CommandEnvironment environment) throws AirworthyException {
        Optional<Setting> named = Setting.trustedRoot(trustedRoot.value(), environment);
        return named.isEmpty()
                ? Optional.empty()
                : Optional.of(named.get().file().read(TrustedRoot.MAX_BYTES));
    }

    /**
     * Reads the trusted keys.
     *
     * @param older the same, in the spelling {@code --key NAME=FILE}
     */
    List<TrustedKey> keys(List<String> older, CommandEnvironment environment, Progress progress)
            throws AirworthyException {
        List<TrustedKey> read = keys.read(older, environment, progress);
        if (read.isEmpty()
                && Setting.trustedRoot(trustedRoot.value(), environment).isEmpty()) {
            throw new InvalidInputException("no public key is given, so no signature could be believed:"
                    + " add --trust NAME=FILE for each key that the policy names, or " + TrustedRootFile.OPTION
                    + " FILE for identities");
        }
        return read;
    }
}
