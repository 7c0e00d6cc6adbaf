/**
 * Runs Trivy, locally or with a server, so that nothing in a workspace can change its result.
 * An image is copied by digest into a private folder, Trivy scans that copy, and its report is redacted and compared
 * with the image before it is stored. Uses {@code image} and {@code evidence}.
 *
 * <p>Belongs here: running the scanner and checking its report against the image. What a report says belongs to {@code evidence},
 * and whether that suffices to {@code policy.rule}.
 */
package io.jenkins.plugins.airworthy.scan;
