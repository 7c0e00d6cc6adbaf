/**
 * Images in registries: a client of the OCI distribution specification 1.1 over {@code image.http}, from single
 * requests ({@code Connections}) over retries, redirects and authorisation ({@code RegistryClient}) to
 * manifests, blobs and referrers, which {@code RegistryStore} combines. Every answer is untrusted until its digest was verified.
 */
package io.jenkins.plugins.airworthy.image.registry;
