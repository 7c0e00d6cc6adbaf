/**
 * The checklist: policy documents, rules, waivers and verdicts. Judges verified evidence and nothing else, and fetches
 * nothing. Knows {@code image} and {@code evidence}.
 */
package io.jenkins.plugins.airworthy.policy;
