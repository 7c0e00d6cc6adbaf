/**
 * The use cases verify and promote: read the evidence of an image, judge it by a policy, promote exactly what was judged. Uses
 * {@code policy}, {@code sign}, {@code image} and {@code evidence}.
 */
package io.jenkins.plugins.airworthy.gate;
