/**
 * The checklist: policy documents, judging, verdicts. Judges only verified evidence, and fetches nothing. {@code policy.read} parses
 * rules, {@code policy.rule} defines what each demands, and {@code gate} fetches the evidence and acts on a verdict.
 */
package io.jenkins.plugins.airworthy.policy;
