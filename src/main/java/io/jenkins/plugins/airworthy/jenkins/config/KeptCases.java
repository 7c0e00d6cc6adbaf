package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Name;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.gate.cases.PolicyCases;
import io.jenkins.plugins.airworthy.policy.Policy;
import jenkins.model.Jenkins;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The cases that an administrator keeps for the policies, in the folder of each policy's name: images of the past, and what the policy
 * has to say of them. Whoever changes a policy replays them first. They are files in Jenkins' own folder, where no page and no job can
 * write. Refuses links, too many cases, and replays that take too long.
 */
public final class KeptCases {
    /** How many cases one policy may have. */
    static final int MAX_CASES = 500;

    /** How long all cases of a policy may take. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    /** One at a time: many clicks need not keep all processors busy. */
    private static final Semaphore REPLAYING = new Semaphore(1, true);

    private final Path root;
    private final Duration limit;

    /**
     * @param root the folder with a folder for each policy; it need not exist
     * @param limit how long all cases of a policy may take
     */
    public KeptCases(Path root, Duration limit) {
        this.root = root;
        this.limit = limit;
    }

    public static KeptCases current() {
        return new KeptCases(
                Jenkins.get().getRootDir().toPath().resolve("airworthy").resolve("policy-cases"), LIMIT);
    }

    /** Where the cases of a policy are, or would be. */
    public Path folder(String policy) throws InvalidInputException {
        return root.resolve(Name.require(policy, "a policy"));
    }

    /**
     * Judges the cases that are kept under the policy's name.
     *
     * @return one result for each; none if there is no folder
     * @throws AirworthyException if the folder cannot be used: the policy is not known to be right
     */
    public List<PolicyCases.Result> replay(Policy policy) throws AirworthyException, InterruptedException {
        Path folder = folder(policy.name());
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidInputException(folder + " is no folder, and links are not followed: remove it");
        }
        PolicyCases cases = PolicyCases.in(folder);
        if (cases.names().size() > MAX_CASES) {
            throw new InvalidInputException(folder + " has more than the allowed " + MAX_CASES + " cases");
        }
        if (!REPLAYING.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new UndecidedException("the cases of another policy are being replayed: try again");
        }
        try {
            return cases.runAll(policy, limit);
        } finally {
            REPLAYING.release();
        }
    }

    /** Refuses a policy that decides otherwise than one of its cases expects. */
    public void require(Policy policy) throws AirworthyException, InterruptedException {
        List<PolicyCases.Result> differing =
                replay(policy).stream().filter(result -> !result.isAsExpected()).toList();
        if (!differing.isEmpty()) {
            PolicyCases.Result first = differing.get(0);
            throw new InvalidInputException("the case '" + first.name() + "' that is kept for this policy "
                    + first.difference()
                    + (differing.size() > 1
                            ? " (" + Count.of(differing.size() - 1, "other case") + " not as expected either)"
                            : "")
                    + ". Correct the policy, or remove a case that is no longer right from " + folder(policy.name()));
        }
    }
}
