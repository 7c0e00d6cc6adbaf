/**
 * Documents that are published in numbered, signed versions: publishing the next one, and reading the newest without being led back.
 */
package io.jenkins.plugins.airworthy.sign.document;
