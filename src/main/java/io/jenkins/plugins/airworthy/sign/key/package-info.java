/**
 * Keys: key files of all usual formats, passwords, algorithms, signatures over bytes. Independent of envelopes, bundles and images.
 */
package io.jenkins.plugins.airworthy.sign.key;
