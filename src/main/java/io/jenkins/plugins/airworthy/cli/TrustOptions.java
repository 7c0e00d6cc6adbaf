package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The trusted signers of commands without a policy. */
final class TrustOptions {
    @Mixin
    TrustedKeyOptions keys;

    @Mixin
    OlderTrustOption older;

    @Option(names = TrustedRootFile.OPTION, paramLabel = "FILE", description = TrustedRootFile.DESCRIPTION)
    Optional<String> trustedRoot = Optional.empty();

    @Option(
            names = "--identity",
            paramLabel = "ISSUER=SUBJECT",
            description = "An identity whose certificates are believed, as in a policy. May be given several times.")
    List<String> identities = new ArrayList<>();

    TrustedSigners signers(CommandEnvironment environment, Progress progress) throws AirworthyException {
        return new TrustedSigners(
                keys.read(older.keys, environment, progress),
                TrustedRootFile.readIfNamed(trustedRoot, environment),
                patterns());
    }

    /** Whether any signer is trusted. */
    static boolean trusts(TrustedSigners signers) {
        return !signers.keys().isEmpty() || !signers.identities().isEmpty();
    }

    private List<IdentityPattern> patterns() throws InvalidInputException {
        List<IdentityPattern> patterns = new ArrayList<>();
        for (String text : identities) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new InvalidInputException("--identity '" + text + "': expected ISSUER=SUBJECT");
            }
            patterns.add(IdentityPattern.of(text.substring(0, equals), text.substring(equals + 1)));
        }
        return patterns;
    }
}
