/**
 * What administrators set up once for all jobs: keys, policies, registries, the scanner, trusted agents and layout folders. Jobs
 * get from here only what is offered to them, and never a private key or the credentials of a production registry.
 */
package io.jenkins.plugins.airworthy.jenkins.config;
