package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictYaml;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.TrustedKey;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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

    /** Says which names of keys the policy trusts and nobody gave a key for: often a slip, and never fatal by itself. */
    static void tellMissingKeys(Policy policy, List<TrustedKey> given, Progress progress) {
        Set<String> missing = new TreeSet<>(policy.keys());
        given.forEach(key -> missing.remove(key.name()));
        for (String name : missing) {
            progress.say("the policy trusts the key '" + name + "' and none was given: add --key " + name + "=FILE");
        }
    }

    List<TrustedKey> keys() throws AirworthyException {
        if (keys.isEmpty()) {
            throw new InvalidInputException("no public key is given, so no signature could be believed:"
                    + " add --key NAME=FILE for each key that the policy names");
        }
        return TrustedKeyFiles.read(keys);
    }
}
