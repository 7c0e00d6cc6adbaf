/**
 * Trivy, found on the machine or reached as a server, run so that nothing in a workspace can change what it says.
 * Knows {@code image} and {@code evidence}.
 */
package io.jenkins.plugins.airworthy.scan;
