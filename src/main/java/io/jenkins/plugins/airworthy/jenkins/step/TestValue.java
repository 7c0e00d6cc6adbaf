package io.jenkins.plugins.airworthy.jenkins.step;

import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

import java.io.Serializable;

/** The result of {@code imageTest} for a Jenkinsfile: the numbers of passed, failed and skipped tests of all suites and platforms. */
public final class TestValue implements Serializable {
    private static final long serialVersionUID = 1;

    private final String digest;
    private final int passed;
    private final int failed;
    private final int skipped;

    TestValue(String digest, int passed, int failed, int skipped) {
        this.digest = digest;
        this.passed = passed;
        this.failed = failed;
        this.skipped = skipped;
    }

    /** The digest of the tested image. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    @Whitelisted
    public int getPassed() {
        return passed;
    }

    @Whitelisted
    public int getFailed() {
        return failed;
    }

    @Whitelisted
    public int getSkipped() {
        return skipped;
    }
}
