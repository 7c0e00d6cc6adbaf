/**
 * The checklist
 * Knows {@code  policy documents, rules, waivers and verdicts. Judges verified evidence and nothing else; fetches nothing.:image} and {@code evidence}.
 */
package io.jenkins.plugins.airworthy.policy;
