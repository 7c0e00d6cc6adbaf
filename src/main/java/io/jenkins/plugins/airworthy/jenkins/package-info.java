/**
 * Airworthy in Jenkins: the only package that uses Jenkins' types. The engine makes the decisions; this package adds permissions,
 * where work runs, and what is kept.
 */
package io.jenkins.plugins.airworthy.jenkins;
