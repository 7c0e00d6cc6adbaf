/**
 * Keys and where they come from, DSSE envelopes, Sigstore bundles as referrers; signing, and the only place that verifies.
 * Knows {@code image} and {@code evidence}.
 */
package io.jenkins.plugins.airworthy.sign;
