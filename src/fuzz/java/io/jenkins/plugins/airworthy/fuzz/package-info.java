/**
 * Feeds parsers what nobody would write: damaged, spliced, nested, endless. A {@link io.jenkins.plugins.airworthy.fuzz.Target}
 * is one parser with valid inputs and what must hold of it; each room names its own in a {@code *FuzzTest} of its package. Everything is made of
 * a seed, so that every input can be made again.
 */
package io.jenkins.plugins.airworthy.fuzz;
