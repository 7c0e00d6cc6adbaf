/**
 * What steps return to the script of a pipeline: values that a sandbox may read and a restart may store. A name that is changed here
 * has to be changed in every Jenkinsfile that reads it.
 */
package io.jenkins.plugins.airworthy.jenkins.step.value;
