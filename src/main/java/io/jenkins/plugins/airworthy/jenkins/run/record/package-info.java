/**
 * The record of a run: what it built and observed, its verdicts, and which image a step means. Kept by the controller with the
 * run, under a message
 * authentication code, so that a job cannot change it. How it is shown belongs to {@code jenkins.ui.run}.
 */
package io.jenkins.plugins.airworthy.jenkins.run.record;
