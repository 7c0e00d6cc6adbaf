/**
 * What an image consists of: manifests and indexes as untouched bytes with a parsed view, configs, descriptors, platforms. Follows the
 * <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/spec.md">OCI image specification</a>. Values only; where they come
 * from belongs to {@code image.store}.
 */
package io.jenkins.plugins.airworthy.image.manifest;
