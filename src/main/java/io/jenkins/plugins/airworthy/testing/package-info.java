/**
 * Tests images without a container engine: {@code structure} tests run on the {@code files} of the layers,
 * {@code junit} results are counted, and both become test results about the image's digest. Uses {@code image} and
 * {@code evidence}.
 *
 * <p>Belongs here: what a report of any kind has in common. The statement about it belongs to {@code evidence}.
 */
package io.jenkins.plugins.airworthy.testing;
