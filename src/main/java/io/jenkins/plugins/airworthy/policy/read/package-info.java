/**
 * Parses the rules of a policy document, and refuses entries that can never match, with line and column. {@code policy.rule} defines
 * what a rule demands; {@code policy} reads the document as a whole.
 */
package io.jenkins.plugins.airworthy.policy.read;
