/**
 * The settings of administrators for all jobs: the configuration as a whole, its form and its checks, policies, registries, the scanner,
 * trusted agents and layout folders. Jobs get only what is offered to them, and never the credentials of a production registry.
 * Keys belong to {@code key}, Jenkins' credentials to {@code credential}, and patterns for jobs, images and kinds of runs to {@code scope}.
 */
package io.jenkins.plugins.airworthy.jenkins.config;
