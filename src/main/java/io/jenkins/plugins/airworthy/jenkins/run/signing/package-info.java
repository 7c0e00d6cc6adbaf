/**
 * Which keys sign what of a run, in which order, and the record that is written before anybody sees a signature. The keys themselves
 * belong to {@code jenkins.config.key}.
 */
package io.jenkins.plugins.airworthy.jenkins.run.signing;
