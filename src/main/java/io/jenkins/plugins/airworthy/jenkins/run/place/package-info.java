/**
 * The place where a step runs: its run, workspace and log, and the parallel branch that it belongs to.
 *
 * <p>Belongs here: what a step is given by its run. What the run itself is (its kind, its source) belongs to {@code
 * jenkins.run.origin}.
 */
package io.jenkins.plugins.airworthy.jenkins.run.place;
