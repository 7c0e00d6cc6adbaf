/**
 * What a Sigstore instance proves about a signature made with a short-lived certificate: who signed, that a log recorded
 * it, and when. A trusted root in a file says which authorities and logs are believed; nothing is asked of a network.
 * The implementation may load BouncyCastle; {@link io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust} does not,
 * so that verifying with keys stays free of it.
 */
package io.jenkins.plugins.airworthy.sign.sigstore;
