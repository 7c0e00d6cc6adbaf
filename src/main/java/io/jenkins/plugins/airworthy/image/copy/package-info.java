/**
 * Copies an image with chosen evidence from one store to another: first a plan, then blobs in parallel, then manifests.
 *
 * <p>Belongs here: what is the same for every pair of stores. How one store writes belongs to {@code image.registry} or {@code
 * image.layout}, and the decision to copy to {@code gate}.
 */
package io.jenkins.plugins.airworthy.image.copy;
