/**
 * How an image came to be: SLSA provenance, ours and that of other builders. Values only: nothing is executed or fetched.
 *
 * <p>Belongs here: what a builder, and the certificate of its signature, say. Whether that suffices belongs to {@code policy}.
 */
package io.jenkins.plugins.airworthy.evidence.provenance;
