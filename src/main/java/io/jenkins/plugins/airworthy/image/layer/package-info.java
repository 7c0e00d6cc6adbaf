/**
 * The archive of one layer, read entry by entry as container engines read it. Archives come from strangers: everything is bounded,
 * and whatever readers of archives understand in different ways is refused, because what is said of one reading says nothing about
 * the other.
 */
package io.jenkins.plugins.airworthy.image.layer;
