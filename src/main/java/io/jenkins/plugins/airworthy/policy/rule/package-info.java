/**
 * The rules of a checklist, one class each, with trust, waivers and the choice of the statements that decide. A rule judges one
 * {@link io.jenkins.plugins.airworthy.policy.rule.RuleInput} and returns one outcome. Independent of documents, policies and verdicts.
 */
package io.jenkins.plugins.airworthy.policy.rule;
