/**
 * Trivy, found on the machine or reached as a server, run so that nothing in a workspace can change what it says.
 * An image is copied by digest into a private folder, Trivy looks at that copy, and its report is redacted and compared
 * with the image before anything keeps it. Knows {@code image} and {@code evidence}.
 */
package io.jenkins.plugins.airworthy.scan;
