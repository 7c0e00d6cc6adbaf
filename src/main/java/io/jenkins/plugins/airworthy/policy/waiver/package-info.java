/**
 * Waivers: vulnerabilities that a policy accepts for a while. They follow the package names of {@code evidence.sbom}; {@code
 * policy.rule} applies them.
 */
package io.jenkins.plugins.airworthy.policy.waiver;
