/**
 * The files of an image as a container engine would show them, read from its layers without unpacking anything. Archives
 * come from strangers: everything is bounded, and whatever container engines read in different ways is refused, because a
 * test of one reading says nothing about the other.
 *
 * <p>Belongs here: which file a path leads to and what it contains. What is expected of it belongs to {@code testing.structure};
 * the tar format belongs to {@code image.layer}.
 */
package io.jenkins.plugins.airworthy.testing.files;
