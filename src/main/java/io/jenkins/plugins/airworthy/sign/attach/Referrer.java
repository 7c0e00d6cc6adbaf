package io.jenkins.plugins.airworthy.sign.attach;

/** What a listed referrer is, once its manifest was read: one that carries a bundle, or something that needs no further look. */
sealed interface Referrer permits BundleManifest, Referrer.Judged {
    /** Nothing that carries a bundle. */
    record Judged(EvidenceCheck judgement) implements Referrer {}
}
