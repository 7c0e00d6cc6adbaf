/**
 * The checklist: policy documents, how they are judged, verdicts. Judges verified evidence and nothing else, and fetches nothing.
 * How rules are written belongs to {@code policy.read}, what each demands to {@code policy.rule}; who fetches the evidence and acts on
 * a verdict is {@code gate}.
 */
package io.jenkins.plugins.airworthy.policy;
