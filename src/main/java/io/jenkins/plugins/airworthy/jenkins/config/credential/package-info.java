/**
 * Jenkins' own credentials, whose use is tracked, and its proxy. Never offers a job's or a folder's own credentials.
 */
package io.jenkins.plugins.airworthy.jenkins.config.credential;
