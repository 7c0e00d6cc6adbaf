/**
 * The files of an image as a container engine would show them, read from its layers without unpacking anything. Archives
 * come from strangers: everything is bounded, and whatever container engines read in different ways is refused, because a
 * test of one reading says nothing about the other.
 */
package io.jenkins.plugins.airworthy.testing.files;
