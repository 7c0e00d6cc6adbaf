/**
 * What opens a registry: passwords and tokens, Docker's configuration and its helpers, client certificates and certificate authorities.
 * How a registry asks for them belongs to {@code image.registry}.
 */
package io.jenkins.plugins.airworthy.image.registry.credential;
