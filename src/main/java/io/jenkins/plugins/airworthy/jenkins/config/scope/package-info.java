/**
 * For which jobs, images and kinds of runs something is offered. Compares names; knows nothing of what is offered.
 */
package io.jenkins.plugins.airworthy.jenkins.config.scope;
