/**
 * Documents that a stranger wrote (JSON, YAML) are read here, and nowhere else: bounded in size and depth, duplicate
 * keys and wrong types refused, every error naming the document and the place in it. Knows only how failures are told.
 */
package io.jenkins.plugins.airworthy.document;
