package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.image.Digest;

import java.util.Optional;

/** What a statement is about. The name is for people; only the digest is believed. */
public record Subject(Optional<String> name, Digest digest) {}
