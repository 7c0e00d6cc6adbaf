/**
 * Copies an image with chosen evidence from one store to another: first a plan, then blobs in parallel, then manifests.
 */
package io.jenkins.plugins.airworthy.image.copy;
