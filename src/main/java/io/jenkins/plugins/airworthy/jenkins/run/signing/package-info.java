/**
 * Signing for a run: which keys sign which statements, in which order, and the record that is written before a signature is used.
 * The keys themselves belong to {@code jenkins.config.key}.
 */
package io.jenkins.plugins.airworthy.jenkins.run.signing;
