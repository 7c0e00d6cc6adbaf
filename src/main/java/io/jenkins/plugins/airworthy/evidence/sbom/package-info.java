/**
 * Bills of materials: documents of other tools, and the packages that a statement lists, in CycloneDX and SPDX. Values only, as in
 * {@code evidence}, of which it uses statements and predicate types.
 *
 * <p>Belongs here: what a bill of materials says, and how packages and licences are named. Whether that suffices belongs to {@code
 * policy}.
 */
package io.jenkins.plugins.airworthy.evidence.sbom;
