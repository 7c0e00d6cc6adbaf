/**
 * Clients of the three services of a Sigstore instance that keyless signing needs: the certificate authority
 * (Fulcio), the timestamp authority and the log (Rekor, version 2), each over HTTP. Their responses are
 * verified like an untrusted bundle.
 *
 * <p>Belongs here: requests to the services. Verifying what they answered belongs to {@code sign.sigstore}, which verifies
 * everybody's bundles alike.
 */
package io.jenkins.plugins.airworthy.sign.keyless;
