/**
 * The three services of a Sigstore instance that signing without a key of one's own asks: the certificate authority
 * (Fulcio), the timestamp authority and the log (Rekor, version 2), each over its HTTP interface. What they answer is
 * believed only after it has been verified like a stranger's bundle.
 */
package io.jenkins.plugins.airworthy.sign.keyless;
