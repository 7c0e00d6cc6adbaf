/**
 * Clients of the three services of a Sigstore instance that keyless signing needs: the certificate authority
 * (Fulcio), the timestamp authority and the log (Rekor, version 2), each over HTTP. Their responses are
 * verified like an untrusted bundle.
 */
package io.jenkins.plugins.airworthy.sign.keyless;
