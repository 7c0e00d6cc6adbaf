/**
 * Signing, and the only place that verifies. The classes are in the rooms below: keys in {@code key} and {@code pkcs11}, what is signed and
 * how it is written in {@code bundle}, evidence attached to an image in {@code attach}, what a Sigstore instance proves in
 * {@code sigstore}, transparency logs in {@code tlog}, and asking its services in {@code keyless}. Who may sign what in Jenkins belongs to {@code jenkins.config.key}.
 */
package io.jenkins.plugins.airworthy.sign;
