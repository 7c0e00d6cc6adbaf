/**
 * What crosses to an agent and what comes back. Work is data that an agent runs; its answer is a document of a stranger, bounded and
 * read strictly by the controller, which looks up in the registry whatever it can.
 */
package io.jenkins.plugins.airworthy.jenkins.agent;
