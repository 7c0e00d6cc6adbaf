/**
 * Reads untrusted documents (JSON, YAML); no other package does. Size and depth are bounded, duplicate
 * keys and wrong types are refused, and every error names the document and the place in it. Uses only the root package.
 */
package io.jenkins.plugins.airworthy.document;
