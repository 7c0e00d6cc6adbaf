/**
 * The pages of a run and of a job, and the list of recent verdicts of all jobs. What is stored with a run belongs to
 * {@code jenkins.run.record}.
 */
package io.jenkins.plugins.airworthy.jenkins.ui.run;
