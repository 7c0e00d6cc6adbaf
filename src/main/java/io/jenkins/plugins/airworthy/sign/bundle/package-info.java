/**
 * What is signed, and the storage formats: statements in
 * <a href="https://github.com/secure-systems-lab/dsse/blob/v1.0.2/envelope.md">DSSE envelopes</a>,
 * <a href="https://github.com/sigstore/protobuf-specs/blob/v0.5.0/protos/sigstore_bundle.proto">Sigstore bundles</a>, and cosign's older
 * format. {@link io.jenkins.plugins.airworthy.sign.bundle.StatementSigner} signs all statements; {@code sign.attach} attaches them.
 */
package io.jenkins.plugins.airworthy.sign.bundle;
