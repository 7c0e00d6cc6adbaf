/**
 * Names of images: references to a registry or a layout folder, digests, and patterns for names. Does no input or output.
 */
package io.jenkins.plugins.airworthy.image.name;
