/**
 * Statements about images: in-toto statements, their typed predicates and the parsers of reports. Values only: nothing is
 * executed or fetched. Follows in-toto attestation v1 and the specifications of the predicate types.
 * Uses {@code image} and {@code document}.
 */
package io.jenkins.plugins.airworthy.evidence;
