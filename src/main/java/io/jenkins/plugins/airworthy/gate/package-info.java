/**
 * The use cases
 * Knows {@code  read an image's evidence, verify it against a policy, promote exactly what was judged.:policy}, {@code sign}, {@code image} and {@code evidence}.
 */
package io.jenkins.plugins.airworthy.gate;
