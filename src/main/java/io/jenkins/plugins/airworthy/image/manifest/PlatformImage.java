package io.jenkins.plugins.airworthy.image.manifest;

import io.jenkins.plugins.airworthy.image.name.Digest;

/** One image that runs on one platform: the image itself, or a child of an index. */
public record PlatformImage(Digest digest, Platform platform, ImageManifest manifest, ImageConfig config) {}
