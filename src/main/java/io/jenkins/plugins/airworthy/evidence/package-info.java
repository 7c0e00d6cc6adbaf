/**
 * What is known about an image: in-toto statements, their typed predicates and the parsers of reports. Values only: no
 * tools run here and nothing is fetched. Follows in-toto attestation v1 and the predicate types' own specifications.
 * Knows {@code image} and how documents are read.
 */
package io.jenkins.plugins.airworthy.evidence;
