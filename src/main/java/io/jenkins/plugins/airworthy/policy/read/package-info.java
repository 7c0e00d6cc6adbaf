/**
 * Reads rules out of a policy document, and refuses entries that could never fit anything, with line and column. What a rule
 * demands belongs to {@code policy.rule}, the document as a whole to {@code policy}.
 */
package io.jenkins.plugins.airworthy.policy.read;
