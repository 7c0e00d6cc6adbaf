package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.cli.SarifText.Level;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verdicts in SARIF: each refused item is an error, one that only warns is a warning, and the findings behind them are notes. What passed is
 * no result; its rules and the image are listed. An image without a verdict is an error.
 */
final class VerdictSarif {
    private static final Pattern VULNERABILITY =
            Pattern.compile("(?:CVE|GHSA|[A-Z]{2,12})-[0-9A-Za-z][0-9A-Za-z:-]{2,60}(?= \\()");

    private final SarifText log;

    private VerdictSarif(SarifText log) {
        this.log = log;
    }

    static String of(ExitStatus status, List<CheckedImage> images) {
        VerdictSarif verdicts = new VerdictSarif(new SarifText(status));
        images.forEach(verdicts::refusals);
        images.forEach(verdicts::findings);
        return verdicts.log.toString();
    }

    /** All of them before any finding, so that no number of findings pushes one out. */
    private void refusals(CheckedImage image) {
        if (image instanceof CheckedImage.Undecided undecided) {
            log.undecided(undecided.name() + ": " + undecided.reason(), SarifPlace.named(undecided.name()));
        } else if (image instanceof CheckedImage.Decided decided) {
            log.image(place(decided));
            for (Check check : decided.checks()) {
                log.rule(check.id(), about(check, decided));
                if (check.tells()) {
                    log.result(
                            check.id(),
                            about(check, decided),
                            check.failed() ? Level.error : Level.warning,
                            check.name() + ": " + check.reason(),
                            place(decided),
                            Optional.empty());
                }
            }
        }
    }

    private void findings(CheckedImage image) {
        if (image instanceof CheckedImage.Decided decided) {
            for (Check check : decided.checks()) {
                for (String detail : check.tells() ? check.details() : List.<String>of()) {
                    Matcher vulnerability = VULNERABILITY.matcher(detail);
                    log.result(
                            check.id(),
                            about(check, decided),
                            Level.note,
                            detail,
                            place(decided),
                            vulnerability.lookingAt() ? Optional.of(vulnerability.group()) : Optional.empty());
                }
            }
        }
    }

    private static String about(Check check, CheckedImage.Decided image) {
        return check.id().equals(Check.VERDICT)
                ? SarifText.ABOUT_VERDICT
                : "Item '" + check.id() + "' of policy '" + image.verdict().policyName() + "'";
    }

    private static SarifPlace place(CheckedImage.Decided image) {
        return SarifPlace.of(image.verdict().image(), image.verdict().digest());
    }
}
