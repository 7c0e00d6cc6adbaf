package io.jenkins.plugins.airworthy.policy.waiver;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.NamePattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads documents of <a href="https://github.com/openvex/spec/blob/v0.2.0/OPENVEX-SPEC.md">OpenVEX 0.2.0</a> as proposals of waivers.
 * Nothing that a document says lifts a finding: a person does, by putting a proposal into a policy with an end and a name.
 *
 * <p>A claim is proposed if its status is not_affected or fixed, it names one package, and no claim that may be about the same, and is
 * not older, says otherwise. Refuses documents of other versions, more than {@value #MAX_BYTES} bytes and {@value #MAX_CLAIMS}
 * claims.
 */
public final class OpenVex {
    /** The largest document in bytes. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    /** The most combinations of vulnerability, product and component. */
    public static final int MAX_CLAIMS = 2_000;

    static final String CONTEXT = "https://openvex.dev/ns/v0.2.0";
    static final String NOT_AFFECTED = "not_affected";
    static final String FIXED = "fixed";
    static final String AFFECTED = "affected";
    private static final List<String> STATUSES = List.of(NOT_AFFECTED, AFFECTED, FIXED, "under_investigation");

    private final Optional<NamePattern> images;
    private final List<VexClaim> claims = new ArrayList<>();
    private final Map<VexClaim, ProposedWaiver> waivers = new HashMap<>();
    private final List<String> unused = new ArrayList<>();

    private OpenVex(Optional<NamePattern> images) {
        this.images = images;
    }

    /**
     * Reads a document.
     *
     * @param what the document's name in errors
     * @param images only claims about these images are proposed; claims that name no image are proposed for them
     */
    public static VexProposals read(byte[] bytes, String what, Optional<NamePattern> images)
            throws InvalidInputException {
        JsonObject document = StrictJson.parseObject(bytes, what, MAX_BYTES);
        String context = document.string("@context");
        if (!context.equals(CONTEXT)) {
            throw document.error("@context", "expected " + CONTEXT + ", found '" + context + "'");
        }
        OpenVex vex = new OpenVex(images);
        for (JsonObject statement : document.objects("statements")) {
            vex.add(VexStatement.read(document, statement));
        }
        return vex.proposals();
    }

    private void add(VexStatement statement) throws InvalidInputException {
        if (!STATUSES.contains(statement.status())) {
            throw statement
                    .json()
                    .error("status", "'" + statement.status() + "' is not one of " + String.join(", ", STATUSES));
        }
        for (VexStatement.About about : statement.about()) {
            if (claims.size() == MAX_CLAIMS) {
                throw statement
                        .json()
                        .error(
                                "products",
                                "more than the allowed " + MAX_CLAIMS
                                        + " combinations of vulnerability, product and component");
            }
            VexClaim claim = statement.claim(about);
            claims.add(claim);
            if (claim.clears()) {
                Optional<String> problem =
                        statement.problem().or(about::problem).or(() -> misfit(claim));
                if (problem.isPresent()) {
                    tell(claim, problem.get());
                } else {
                    waivers.put(claim, proposal(statement, about, claim));
                }
            } else {
                tell(claim, "is " + claim.status() + ", which a waiver is not for");
            }
        }
    }

    /** Why a claim is not about the images that are asked for. */
    private Optional<String> misfit(VexClaim claim) {
        if (claim.image().isEmpty()) {
            return images.isPresent()
                    ? Optional.empty()
                    : Optional.of("names no image: say with --images for which it shall be");
        }
        return images.isEmpty() || fits(images.get(), claim.image().get())
                ? Optional.empty()
                : Optional.of("is about " + claim.image().get() + ", not about " + images.get());
    }

    private static boolean fits(NamePattern pattern, String repository) {
        try {
            return pattern.match(ImageReference.parse(repository)).isPresent();
        } catch (InvalidInputException e) {
            return false; // the reader of the URL has read it as a name already
        }
    }

    private ProposedWaiver proposal(VexStatement statement, VexStatement.About about, VexClaim claim)
            throws InvalidInputException {
        List<String> notes = new ArrayList<>();
        notes.add(claim.place() + " of " + claim.time());
        if (!statement.aliases().isEmpty()) {
            notes.add("also known as " + VexStatement.clean(String.join(", ", statement.aliases()))
                    + ": a waiver is for one identifier");
        }
        about.narrowed()
                .ifPresent(part -> notes.add("the document speaks of " + VexStatement.clean(part)
                        + " only, a waiver of every image of its name"));
        return new ProposedWaiver(
                statement.vulnerability(),
                about.packageUrl(),
                claim.image().orElseGet(() -> images.orElseThrow().toString()),
                statement.justification(),
                statement.reason(),
                notes);
    }

    private VexProposals proposals() {
        List<ProposedWaiver> proposed = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            VexClaim claim = claims.get(i);
            if (waivers.containsKey(claim)) {
                Optional<String> contest = contest(i);
                if (contest.isPresent()) {
                    tell(claim, contest.get());
                } else {
                    proposed.add(waivers.get(claim));
                }
            }
        }
        return new VexProposals(proposed, unused);
    }

    /** What takes a proposal's place: the claims that may be about the same, and are not older. */
    private Optional<String> contest(int index) {
        VexClaim claim = claims.get(index);
        Optional<VexClaim> other = claims.stream()
                .filter(each -> !each.clears() && !each.time().isBefore(claim.time()) && each.overlaps(claim))
                .max(Comparator.comparing(VexClaim::time));
        if (other.isPresent()) {
            return other.map(each -> each.place() + " of " + each.time() + " says " + each.status());
        }
        ProposedWaiver mine = waivers.get(claim);
        return claims.subList(0, index).stream()
                .filter(each -> waivers.containsKey(each) && isSame(waivers.get(each), mine))
                .findFirst()
                .map(each -> "is proposed already, by " + each.place());
    }

    private static boolean isSame(ProposedWaiver one, ProposedWaiver other) {
        return one.vulnerability().equalsIgnoreCase(other.vulnerability())
                && one.packageUrl().equals(other.packageUrl())
                && one.image().equals(other.image());
    }

    private void tell(VexClaim claim, String why) {
        unused.add(AirworthyException.oneLine(claim.place() + ": " + claim.said() + ": " + why));
    }
}
