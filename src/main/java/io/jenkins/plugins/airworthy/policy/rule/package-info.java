/**
 * The rules of a checklist, one type each, and what they judge by: trust, waivers, which statements decide. A rule sees one
 * {@link io.jenkins.plugins.airworthy.policy.rule.Case} and answers with one outcome. Knows nothing of documents, policies and verdicts.
 */
package io.jenkins.plugins.airworthy.policy.rule;
