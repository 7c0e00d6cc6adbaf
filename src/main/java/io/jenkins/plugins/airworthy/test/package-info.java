/**
 * Tests of an image without a container engine
 * Knows {@code  structure tests run on its layers, and JUnit's results counted and bound to it.:image} and {@code evidence}.
 */
package io.jenkins.plugins.airworthy.test;
