/**
 * What Jenkins itself keeps and the product uses: credentials of the system, whose use is tracked, and the proxy. Never offers a job's or a
 * folder's own credentials.
 */
package io.jenkins.plugins.airworthy.jenkins.config.credential;
