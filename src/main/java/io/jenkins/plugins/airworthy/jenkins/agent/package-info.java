/**
 * Work for agents and their answers. Work is data that an agent runs; its answer is untrusted input, which the controller bounds,
 * reads strictly, and checks against the registry as far as possible.
 */
package io.jenkins.plugins.airworthy.jenkins.agent;
