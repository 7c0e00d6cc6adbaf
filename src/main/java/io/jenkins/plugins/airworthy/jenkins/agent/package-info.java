/**
 * Work for agents and their answers. Work is data that an agent runs; its answer is untrusted input, which the controller bounds,
 * reads strictly, and checks against the registry as far as possible.
 *
 * <p>Belongs here: what crosses between controller and agent. What the engine does there belongs to {@code build}, {@code scan} and
 * {@code testing}, and what is recorded of it to {@code jenkins.run.record}.
 */
package io.jenkins.plugins.airworthy.jenkins.agent;
