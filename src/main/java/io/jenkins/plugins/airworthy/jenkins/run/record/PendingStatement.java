package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;

import java.time.Instant;

/**
 * A statement that the run made about an image, for signing. It may be signed already.
 *
 * @param subject what the statement is about: the image, or one platform of it
 * @param payload the digest of the statement's bytes, and the name of the file that holds them
 * @param role the role that a key must have to sign it
 * @param summary one line for a person
 */
public record PendingStatement(
        String predicateType,
        Digest subject,
        Digest payload,
        KeyRole role,
        Observer observer,
        Instant at,
        String summary) {}
