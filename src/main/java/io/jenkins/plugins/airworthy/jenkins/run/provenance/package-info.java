/**
 * The provenance that the controller states of an image, and the checks of what an agent claims about it. Follows
 * <a href="https://slsa.dev/spec/v1.0/provenance">SLSA provenance 1.0</a>.
 *
 * <p>Belongs here: which facts of a run go into a statement. Where they come from belongs to {@code jenkins.run.origin}, and the
 * format to {@code evidence}.
 */
package io.jenkins.plugins.airworthy.jenkins.run.provenance;
