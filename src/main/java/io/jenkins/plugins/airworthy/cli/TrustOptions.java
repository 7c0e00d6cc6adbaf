package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;

import java.util.ArrayList;
import java.util.List;

/** The trusted signers of commands without a policy. */
final class TrustOptions extends Options {
    private final TrustedKeyOptions keys = with(new TrustedKeyOptions());

    private final OlderTrustOption older = with(new OlderTrustOption());

    private final Argument trustedRoot = optional(TrustedRootFile.OPTION, "FILE", TrustedRootFile.DESCRIPTION);

    private final Argument identities = repeated(
            "--identity",
            "ISSUER=SUBJECT",
            "An identity whose certificates are believed, as in a policy. May be given several times.");

    TrustedSigners signers(CommandEnvironment environment, Progress progress) throws AirworthyException {
        return new TrustedSigners(
                keys.read(older.keys.values(), environment, progress),
                TrustedRootFile.readIfNamed(trustedRoot.value(), environment),
                patterns());
    }

    /** Whether any signer is trusted. */
    static boolean trusts(TrustedSigners signers) {
        return !signers.keys().isEmpty() || !signers.identities().isEmpty();
    }

    private List<IdentityPattern> patterns() throws InvalidInputException {
        List<IdentityPattern> patterns = new ArrayList<>();
        for (String text : identities.values()) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new InvalidInputException("--identity '" + text + "': expected ISSUER=SUBJECT");
            }
            patterns.add(IdentityPattern.of(text.substring(0, equals), text.substring(equals + 1)));
        }
        return patterns;
    }
}
