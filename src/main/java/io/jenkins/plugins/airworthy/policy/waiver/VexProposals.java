package io.jenkins.plugins.airworthy.policy.waiver;

import java.util.List;

/**
 * The waivers that an OpenVEX document suggests, and what of it suggests none.
 *
 * @param unused one line for each claim: its place, what it is about, and why it is no proposal
 */
public record VexProposals(List<ProposedWaiver> waivers, List<String> unused) {
    public VexProposals {
        waivers = List.copyOf(waivers);
        unused = List.copyOf(unused);
    }
}
