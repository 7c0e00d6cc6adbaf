/** The rules of other policy engines as rules of ours, and the pages that list them. */
package io.jenkins.plugins.airworthy.policy.migration;
