/**
 * The pages of signing keys, and the changes that people make there. What a key is and may sign belongs to
 * {@code jenkins.config.key}.
 */
package io.jenkins.plugins.airworthy.jenkins.ui.key;
