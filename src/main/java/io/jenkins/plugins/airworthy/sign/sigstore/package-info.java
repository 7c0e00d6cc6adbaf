/**
 * Verifies what a Sigstore instance proves about a signature with a short-lived certificate: who signed, that a log recorded
 * it, and when. A trusted root in a file names the trusted authorities and logs; nothing uses the network.
 * The implementation may load BouncyCastle; {@link io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust} does not,
 * so that verifying with keys does not need it.
 */
package io.jenkins.plugins.airworthy.sign.sigstore;
