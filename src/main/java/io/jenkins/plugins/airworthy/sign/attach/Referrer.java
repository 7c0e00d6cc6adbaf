package io.jenkins.plugins.airworthy.sign.attach;

/** A listed referrer after its manifest was read: it carries a bundle, or is judged already. */
sealed interface Referrer permits BundleManifest, Referrer.Judged {
    /** A referrer that does not carry a bundle. */
    record Judged(EvidenceCheck judgement) implements Referrer {}
}
