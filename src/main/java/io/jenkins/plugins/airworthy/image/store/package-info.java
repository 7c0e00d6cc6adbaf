/**
 * The port for reading and writing images, {@link io.jenkins.plugins.airworthy.image.store.ImageStore}, and code that
 * works with any store: reading all images of a reference, a cache by digest, lists of evidence at a tag, parallel
 * requests and temporary files. The implementations are {@code image.registry} and {@code image.layout}.
 */
package io.jenkins.plugins.airworthy.image.store;
