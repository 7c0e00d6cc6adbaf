/**
 * The place where a step runs: its run, workspace and log, and the parallel branch that it belongs to.
 */
package io.jenkins.plugins.airworthy.jenkins.run.place;
