/**
 * Names of images: references to a registry or a layout folder, digests, and patterns that names are compared with. Reads and
 * writes nothing.
 */
package io.jenkins.plugins.airworthy.image.name;
