/**
 * Keys: files of all usual forms, passwords, algorithms, single signatures over bytes. Knows nothing of envelopes, bundles and images.
 */
package io.jenkins.plugins.airworthy.sign.key;
