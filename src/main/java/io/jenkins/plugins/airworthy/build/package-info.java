/**
 * Jib turns an application's files into reproducible layers; they are put on a base image whose bytes stay untouched.
 * Knows {@code image} and {@code evidence}.
 */
package io.jenkins.plugins.airworthy.build;
