/**
 * Credentials for registries: passwords and tokens, Docker's configuration and its helpers, client certificates and certificate
 * authorities. {@code image.registry} handles the challenges of registries.
 */
package io.jenkins.plugins.airworthy.image.registry.credential;
