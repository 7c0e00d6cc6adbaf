/**
 * Transparency logs as static data: hashes of <a href="https://www.rfc-editor.org/rfc/rfc6962#section-2.1">RFC 6962</a>, proofs,
 * <a href="https://c2sp.org/signed-note">signed notes</a> and <a href="https://c2sp.org/tlog-checkpoint">checkpoints</a>. What Sigstore
 * writes around them is in {@code sign.sigstore}; the log that Airworthy keeps is in {@code ledger}.
 */
package io.jenkins.plugins.airworthy.sign.tlog;
