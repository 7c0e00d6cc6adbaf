package io.jenkins.plugins.airworthy.sign.document;

import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

/**
 * A version of a document that a trusted key signed. Its content is read from the store by its digest.
 *
 * @param where the repository, with the digest of the manifest
 * @param digest of the manifest, which identifies this version
 * @param content the document's bytes
 */
public record SignedDocument(DocumentHead head, ImageReference where, Digest digest, Descriptor content) {}
