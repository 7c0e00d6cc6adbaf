/**
 * Reads the archive of one layer entry by entry, as container engines do. Archives are untrusted: everything is bounded,
 * and everything that readers interpret differently is refused, because a result about one interpretation says nothing about
 * the other.
 */
package io.jenkins.plugins.airworthy.image.layer;
