/**
 * Tests of an image without a container engine: {@code structure} tests run on the {@code files} of its layers,
 * {@code junit} results are counted, and either becomes a test result about the image's digest. Knows {@code image} and
 * {@code evidence}.
 */
package io.jenkins.plugins.airworthy.testing;
