/**
 * Reads the archive of one layer entry by entry, as container engines do. Archives are untrusted: everything is bounded,
 * and everything that readers interpret differently is refused, because a result about one interpretation says nothing about
 * the other.
 *
 * <p>Belongs here: the tar format and its bounds. Which files an image has after all layers belongs to {@code testing.files}, and
 * what a scanner must be able to see to {@code scan}.
 */
package io.jenkins.plugins.airworthy.image.layer;
