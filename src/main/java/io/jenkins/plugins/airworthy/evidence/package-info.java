/**
 * Statements about images: in-toto statements, their typed predicates and the parsers of reports. Values only: nothing is
 * executed or fetched. Follows in-toto attestation v1 and the specifications of the predicate types.
 * Uses {@code image} and {@code document}.
 *
 * <p>Belongs here: what a statement says. Whether its signature is valid belongs to {@code sign}, and whether it suffices to {@code
 * policy}.
 */
package io.jenkins.plugins.airworthy.evidence;
