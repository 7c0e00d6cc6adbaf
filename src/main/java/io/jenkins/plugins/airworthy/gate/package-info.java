/**
 * The use cases: verify (read the evidence of an image and judge it by a policy), promote exactly what was judged, and prune
 * evidence that newer evidence replaces. Uses {@code policy}, {@code sign}, {@code image} and {@code evidence}.
 *
 * <p>Belongs here: the order of these acts, and a verdict in words and as JSON. What a single rule asks for belongs to
 * {@code policy.rule}; how a verdict looks belongs to {@code jenkins.ui} and {@code cli}.
 */
package io.jenkins.plugins.airworthy.gate;
