/**
 * Signing keys as administrators set them up: what a key is and may sign, where its private half comes from, its end, and the record of
 * everything that was signed. A private half never leaves the controller. The pages of keys belong to {@code jenkins.ui.key}.
 */
package io.jenkins.plugins.airworthy.jenkins.config.key;
