/**
 * The parts of an image: manifests and indexes as original bytes with a parsed view, configs, descriptors, platforms. Follows the
 * <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/spec.md">OCI image specification</a>. Values only; they are read by
 * {@code image.store}.
 */
package io.jenkins.plugins.airworthy.image.manifest;
