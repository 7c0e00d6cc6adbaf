/**
 * Copying an image with chosen evidence from one store to another: first what is planned, then blobs in parallel, then manifests.
 */
package io.jenkins.plugins.airworthy.image.copy;
