package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictYaml;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.TrustedKey;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/** By what an image is judged: a policy, and the public keys behind the names that it uses. */
final class GateOptions {
    /** UTF-8 has at most four bytes for a character. */
    private static final int MAX_POLICY_BYTES = 4 * StrictYaml.MAX_CHARACTERS;

    @Option(names = "--policy", paramLabel = "FILE", required = true, description = "The policy: a checklist in YAML.")
    String policy;

    @Option(names = "--key", paramLabel = "NAME=FILE", description = TrustedKeyFiles.DESCRIPTION)
    List<String> keys = new ArrayList<>();

    Policy policy() throws AirworthyException {
        InputFile file = InputFile.of("--policy", policy);
        return Policy.parse(file.read(MAX_POLICY_BYTES), file.toString());
    }

    List<TrustedKey> keys() throws AirworthyException {
        if (keys.isEmpty()) {
            throw new InvalidInputException("no public key is given, so no signature could be believed:"
                    + " add --key NAME=FILE for each key that the policy names");
        }
        return TrustedKeyFiles.read(keys);
    }
}
