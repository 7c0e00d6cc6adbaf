/**
 * The port through which the product reads and writes images, {@link io.jenkins.plugins.airworthy.image.store.ImageStore}, and what
 * works with any store: reading all images behind a reference, a cache by digest, lists of evidence under a tag. The stores themselves
 * are {@code image.registry} and {@code image.layout}.
 */
package io.jenkins.plugins.airworthy.image.store;
