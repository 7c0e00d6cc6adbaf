package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceHead;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceInventory;
import io.jenkins.plugins.airworthy.sign.attach.SignerHint;
import io.jenkins.plugins.airworthy.sign.attach.StoredEvidence;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is attached to an image, as JSON and for a person. What is not verified is called so in every line and member. */
record EvidenceList(EvidenceInventory inventory, boolean trusting) {
    /** Fills the document. The arrays {@code verified} and {@code rejected} repeat the older form of the list. */
    void writeTo(ObjectNode document) {
        document.put(
                "referrers",
                inventory.pieces().stream()
                                .filter(piece -> piece.tag().isEmpty())
                                .count()
                        + inventory.others().size());
        ArrayNode verified = document.putArray("verified");
        ArrayNode rejected = document.putArray("rejected");
        ArrayNode all = document.putArray("evidence");
        for (StoredEvidence piece : inventory.pieces()) {
            if (piece.verified().isPresent()) {
                describe(
                        verified.addObject().put("digest", piece.manifest().toString()),
                        piece.verified().get());
            } else {
                rejected.addObject().put("digest", piece.manifest().toString()).put("reason", piece.reason());
            }
            write(piece, all.addObject());
        }
        ArrayNode others = document.putArray("others");
        for (Descriptor other : inventory.others()) {
            ObjectNode entry = others.addObject().put("digest", other.digest().toString());
            other.artifactType().ifPresent(type -> entry.put("artifactType", type));
            entry.put("size", other.size());
        }
    }

    static void write(StoredEvidence piece, ObjectNode entry) {
        entry.put("digest", piece.manifest().toString())
                .put("verified", piece.verified().isPresent())
                .put("format", format(piece));
        piece.content()
                .ifPresent(content ->
                        entry.put("content", content.digest().toString()).put("size", content.size()));
        piece.verified().ifPresent(head -> describe(entry, head));
        ObjectNode claimed = entry.putObject("unverified");
        piece.predicateType().ifPresent(type -> claimed.put("predicateType", type));
        piece.attached().ifPresent(at -> claimed.put("attachedAt", at.toString()));
        if (piece.hint() instanceof SignerHint.Key key) {
            claimed.putObject("signer").put("key", key.fingerprint());
        } else if (piece.hint() instanceof SignerHint.Certificate certificate) {
            claimed.putObject("signer")
                    .put("issuer", certificate.identity().issuer())
                    .put("subject", certificate.identity().subject());
        }
        if (piece.verified().isEmpty()) {
            entry.put("reason", piece.reason());
        }
    }

    private static void describe(ObjectNode entry, EvidenceHead head) {
        entry.put("predicateType", head.predicateType())
                .put("signer", head.signer().label());
        entry.putArray("signers").add(head.signer().toJson());
        head.seen().ifPresent(seen -> entry.put("observer", seen.observer().toString())
                .put("observedAt", seen.at().toString()));
    }

    void writeTo(TextReport page) {
        for (StoredEvidence piece : inventory.pieces()) {
            if (piece.verified().isPresent()) {
                EvidenceHead head = piece.verified().get();
                String seen = head.seen().map(EvidenceList::seen).orElse("");
                page.line(
                        TextStyle.GOOD,
                        "  verified   ",
                        head.predicateType() + " by " + head.signer().label() + seen);
            } else {
                page.line(
                        trusting ? TextStyle.BAD : TextStyle.CAUTION,
                        "  unverified ",
                        piece.predicateType().orElse("of no named type") + hint(piece.hint()));
            }
            page.line("             " + form(piece));
            page.line("             " + digest(piece));
            if (trusting && piece.verified().isEmpty()) {
                page.line("             not verified: " + piece.reason());
            }
        }
        for (Descriptor other : inventory.others()) {
            page.line(
                    TextStyle.FAINT,
                    "  other      ",
                    other.artifactType().filter(type -> !type.isEmpty()).orElse(other.mediaType()) + ", " + other.size()
                            + " bytes");
            page.line("             " + other.digest());
        }
        long verified = inventory.verified();
        page.line(verified + " verified, " + (inventory.pieces().size() - verified) + " unverified, "
                + inventory.others().size() + " other referrers");
        if (!trusting && !inventory.pieces().isEmpty()) {
            page.line(
                    TextStyle.CAUTION,
                    "nothing was verified: ",
                    "types, signers and times above are claims of those who attached it; add --trust NAME=FILE, or"
                            + " --trusted-root FILE and --identity ISSUER=SUBJECT");
        }
    }

    private static String seen(Observation seen) {
        return ", " + seen.observer() + " at " + seen.at().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String hint(SignerHint hint) {
        if (hint instanceof SignerHint.Key key) {
            return ", names the key " + key.fingerprint();
        }
        return hint instanceof SignerHint.Certificate certificate
                ? ", names the " + certificate.identity().label()
                : ", names no signer";
    }

    private static String form(StoredEvidence piece) {
        List<String> parts = new ArrayList<>();
        parts.add(format(piece).equals("bundle") ? "bundle" : "older format");
        piece.content().ifPresent(content -> parts.add(content.size() + " bytes"));
        Optional<String> attached = piece.attached().map(at -> "attached at " + at + " (unverified)");
        attached.ifPresent(parts::add);
        return String.join(", ", parts);
    }

    /** Layers at an older tag share their manifest. */
    private static Digest digest(StoredEvidence piece) {
        return piece.tag().isPresent()
                ? piece.content().map(Descriptor::digest).orElse(piece.manifest())
                : piece.manifest();
    }

    private static String format(StoredEvidence piece) {
        return piece.tag().isEmpty() ? "bundle" : "legacy";
    }
}
