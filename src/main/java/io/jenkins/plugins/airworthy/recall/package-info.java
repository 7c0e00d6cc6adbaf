/**
 * What must not be used any more, though it was found good before: entries of a list, and whether an image is what one of them is
 * about. Values only: {@code sign.document} fetches and verifies a list, and {@code gate} makes an item of every verdict from it.
 */
package io.jenkins.plugins.airworthy.recall;
