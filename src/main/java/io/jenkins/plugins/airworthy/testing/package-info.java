/**
 * Tests images without a container engine: {@code structure} tests run on the {@code files} of the layers,
 * {@code junit} results are counted, and both become test results about the image's digest. Uses {@code image} and
 * {@code evidence}.
 */
package io.jenkins.plugins.airworthy.testing;
