/**
 * The pages of policies: the editor with its checks, and trials of a policy on an image. What a policy says belongs to
 * {@code policy}.
 */
package io.jenkins.plugins.airworthy.jenkins.ui.policy;
