package io.jenkins.plugins.airworthy.jenkins.step;

import io.jenkins.plugins.airworthy.evidence.Severity;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/** The result of {@code imageScan} for a Jenkinsfile: the numbers of findings in all platforms' images. Only the policy decides. */
public final class ScanValue implements Serializable {
    private static final long serialVersionUID = 1;

    private final String digest;
    private final String observer;
    private final EnumMap<Severity, Integer> vulnerabilities;
    private final int secrets;
    private final int packages;

    ScanValue(String digest, String observer, Map<Severity, Integer> vulnerabilities, int secrets, int packages) {
        this.digest = digest;
        this.observer = observer;
        this.vulnerabilities = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            this.vulnerabilities.put(severity, vulnerabilities.getOrDefault(severity, 0));
        }
        this.secrets = secrets;
        this.packages = packages;
    }

    /** The digest of the scanned image. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** {@code trusted-agent} or {@code build-agent}. */
    @Whitelisted
    public String getObserver() {
        return observer;
    }

    @Whitelisted
    public int getCritical() {
        return vulnerabilities.get(Severity.CRITICAL);
    }

    @Whitelisted
    public int getHigh() {
        return vulnerabilities.get(Severity.HIGH);
    }

    @Whitelisted
    public int getMedium() {
        return vulnerabilities.get(Severity.MEDIUM);
    }

    @Whitelisted
    public int getLow() {
        return vulnerabilities.get(Severity.LOW);
    }

    /** The number of vulnerabilities that the scanner could not rate. */
    @Whitelisted
    public int getUnknown() {
        return vulnerabilities.get(Severity.UNKNOWN);
    }

    @Whitelisted
    public int getSecrets() {
        return secrets;
    }

    /** How many packages were analysed. */
    @Whitelisted
    public int getPackages() {
        return packages;
    }
}
