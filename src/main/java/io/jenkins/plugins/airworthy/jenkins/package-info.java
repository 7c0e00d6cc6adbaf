/**
 * Airworthy in Jenkins: the only package that knows Jenkins' types. What it decides it lets the engine decide; what it adds is who may
 * ask, where work runs, and what is kept.
 */
package io.jenkins.plugins.airworthy.jenkins;
