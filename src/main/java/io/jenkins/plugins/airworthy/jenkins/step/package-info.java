/**
 * The pipeline steps. A step is data; its work runs on a thread of its own.
 *
 * <p>Belongs here: the fields of each step, the values that it returns, and what the gate and pruning need of a run. The same steps
 * in a freestyle job belong to {@code jenkins.step.freestyle}, and work that an agent does to {@code jenkins.agent}.
 */
package io.jenkins.plugins.airworthy.jenkins.step;
