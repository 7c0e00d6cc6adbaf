package io.jenkins.plugins.airworthy.policy.waiver;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Vulnerability;
import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.NamePattern;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An accepted vulnerability in one package of some images until a day, with the person responsible and the reason.
 *
 * @param vulnerability the identifier; case is ignored
 * @param packageName a package URL, without version for every version, or a package's exact name in the scanner's report
 * @param until the last day, in UTC, on which the waiver applies
 * @param justification why the images are not affected at all, in OpenVEX's words; a waiver without it says that they are, and that
 *     this is accepted. It decides nothing
 */
public record Waiver(
        String vulnerability,
        String packageName,
        List<NamePattern> images,
        LocalDate until,
        String reason,
        String by,
        Optional<VexJustification> justification) {
    private static final Pattern UNLIKE_A_NAME = Pattern.compile("[*?]|^\\s|\\s$");

    public Waiver {
        images = List.copyOf(images);
    }

    /**
     * Checks the package of a waiver. Refuses a package URL with more than type, namespace, name and version, and texts that cannot
     * be a package's name.
     */
    public static String requirePackage(String text) throws InvalidInputException {
        if (text.startsWith("pkg:")
                && (PackageName.parse(text).isEmpty() || text.contains("?") || text.contains("#"))) {
            throw new InvalidInputException(
                    "'" + text
                            + "' is not a package URL of type, name and perhaps version, such as pkg:maven/org.example/lib@1.0");
        }
        if (UNLIKE_A_NAME.matcher(text).find()) {
            throw new InvalidInputException("'" + text
                    + "' names no package: a waiver is for one package, and '*' and '?' are not wildcards here");
        }
        return text;
    }

    public boolean isFor(ImageReference image) {
        return images.stream().anyMatch(pattern -> pattern.match(image).isPresent());
    }

    /** Whether this waiver is for a finding, expired or not. */
    public boolean covers(Vulnerability finding) {
        return vulnerability.equalsIgnoreCase(finding.id()) && isPackageOf(finding);
    }

    public boolean hasExpired(Instant now) {
        return !now.isBefore(until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private boolean isPackageOf(Vulnerability finding) {
        Optional<PackageName> waived = PackageName.parse(packageName);
        if (waived.isEmpty()) {
            return packageName.equals(finding.packageName());
        }
        return finding.packageUrl()
                .flatMap(PackageName::parse)
                .filter(waived.get()::covers)
                .isPresent();
    }
}
