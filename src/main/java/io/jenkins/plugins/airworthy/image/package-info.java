/**
 * What an image is and where it lives: references, digests, manifests as untouched bytes, the stores that hold them
 * (a registry, an OCI layout folder) and copying between them. Follows the OCI image, distribution and layout
 * specifications, version 1.1. Knows only how documents are read and failures are told.
 */
package io.jenkins.plugins.airworthy.image;
