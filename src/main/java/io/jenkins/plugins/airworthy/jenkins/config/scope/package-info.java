/**
 * Scopes: the jobs, images and kinds of runs that something is offered to. Only compares names; does not depend on what is offered.
 */
package io.jenkins.plugins.airworthy.jenkins.config.scope;
