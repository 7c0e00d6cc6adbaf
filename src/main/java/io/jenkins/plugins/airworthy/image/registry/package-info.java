/**
 * Images in registries: a client of the OCI distribution specification 1.1 over {@code image.http}, from the
 * single request ({@code Connections}) over repetition, redirects and authorisation ({@code RegistryClient}) up to
 * manifests, blobs and referrers, which {@code RegistryStore} puts together. Every answer is hostile until hashed.
 */
package io.jenkins.plugins.airworthy.image.registry;
