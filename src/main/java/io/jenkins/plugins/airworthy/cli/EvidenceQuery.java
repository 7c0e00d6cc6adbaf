package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceInventory;
import io.jenkins.plugins.airworthy.sign.attach.StoredEvidence;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Chooses statements of an image. If signers were given, only what they signed is chosen, unless the caller asks for the rest. */
final class EvidenceQuery extends Options {
    private static final Pattern DIGEST = Pattern.compile("(?:sha256:)?[0-9a-f]{8,64}");

    private final Argument which = optional(
                    "--type",
                    "TYPE|DIGEST",
                    "Which: a predicate type (" + PredicateNames.WORDS + ", or a URI), or the digest that"
                            + " 'airworthy evidence' shows, or its first 8 digits or more.")
            .suggesting(List.of(PredicateNames.WORDS.split(", ", -1)));

    private final Argument newest = flag("--newest", "If several fit, take the newest.");

    private final Argument unverified =
            flag("--unverified", "Also what no given key or identity signed: it can say anything.");

    /** The pieces that fit; at least one. */
    List<StoredEvidence> all(EvidenceInventory inventory, boolean trusting, String image)
            throws InvalidInputException, UndecidedException {
        List<StoredEvidence> fitting = inventory.pieces().stream()
                .filter(piece -> piece.content().isPresent())
                .filter(this::fits)
                .toList();
        List<StoredEvidence> allowed = fitting.stream()
                .filter(piece -> piece.verified().isPresent() || unverified.given() || !trusting)
                .toList();
        if (allowed.isEmpty()) {
            String advice = fitting.isEmpty()
                    ? "'airworthy evidence " + image + "' lists what is attached"
                    : "of " + fitting.size() + " that fit, none is verified: 'airworthy evidence " + image
                            + "' with the same options says why, and --unverified takes them all the same";
            throw new UndecidedException(image + ": no statement" + asked() + " to show; " + advice);
        }
        return newest.given()
                ? List.of(allowed.stream()
                        .max(Comparator.comparing(piece -> piece.time().orElse(Instant.MIN)))
                        .orElseThrow())
                : allowed;
    }

    /** The only piece that fits. */
    StoredEvidence one(EvidenceInventory inventory, boolean trusting, String image)
            throws InvalidInputException, UndecidedException {
        List<StoredEvidence> found = all(inventory, trusting, image);
        if (found.size() > 1) {
            throw new InvalidInputException(image + ": " + found.size() + " statements" + asked()
                    + " fit: add --newest, or --type with the digest of one, which 'airworthy evidence " + image
                    + "' shows; 'airworthy evidence download " + image
                    + " --output FOLDER' writes them all into files");
        }
        return found.get(0);
    }

    private String asked() {
        return which.value().map(text -> " '" + text + "'").orElse("");
    }

    private boolean fits(StoredEvidence piece) {
        if (!which.given()) {
            return true;
        }
        String text = which.text();
        if (DIGEST.matcher(text).matches()) {
            String digits = text.substring(text.indexOf(':') + 1);
            return piece.manifest().hex().startsWith(digits)
                    || piece.content().orElseThrow().digest().hex().startsWith(digits);
        }
        return piece.type().equals(Optional.of(PredicateNames.type(text)));
    }
}
