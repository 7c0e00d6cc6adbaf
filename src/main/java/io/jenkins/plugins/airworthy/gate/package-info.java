/**
 * The use cases: read an image's evidence, verify it against a policy, promote exactly what was judged. Knows {@code policy},
 * {@code sign}, {@code image} and {@code evidence}.
 */
package io.jenkins.plugins.airworthy.gate;
