/**
 * The record of a run: what it built and observed, its verdicts, and which image a step means. The controller keeps it with the run,
 * under a message authentication code, so that a job cannot change it.
 *
 * <p>Belongs here: what is stored, and its addresses and its remote API at the run. Pages and tables of it belong to
 * {@code jenkins.ui.run}.
 */
package io.jenkins.plugins.airworthy.jenkins.run.record;
