/**
 * Builds images: Jib turns an application's files into reproducible layers, which are added to an unchanged base image.
 * Uses {@code image} and {@code evidence}.
 *
 * <p>Belongs here: what goes into a new image, and publishing it. Copying an image that exists belongs to {@code image.copy}, and
 * what a Jenkins run adds to its provenance to {@code jenkins.run.provenance}.
 */
package io.jenkins.plugins.airworthy.build;
