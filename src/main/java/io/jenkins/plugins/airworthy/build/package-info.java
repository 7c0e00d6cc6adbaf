/**
 * Builds images: Jib turns an application's files into reproducible layers, which are added to an unchanged base image.
 * Uses {@code image} and {@code evidence}.
 */
package io.jenkins.plugins.airworthy.build;
