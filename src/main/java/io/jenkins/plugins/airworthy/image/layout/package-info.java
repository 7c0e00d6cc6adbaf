/**
 * An image store in a folder, after the
 * <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI image layout specification</a>. Several
 * writers of one folder take turns.
 *
 * <p>Belongs here: files and locks of a layout. Credentials, waits and retries belong to {@code image.registry}.
 */
package io.jenkins.plugins.airworthy.image.layout;
