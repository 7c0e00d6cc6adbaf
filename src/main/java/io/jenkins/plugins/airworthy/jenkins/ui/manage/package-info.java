/**
 * Manage Jenkins → Airworthy, which leads to all other pages of administrators, and the warnings about a set-up that cannot work.
 *
 * <p>Belongs here: the entry page and what concerns several settings at once. Keys and policies have pages of their own in {@code
 * jenkins.ui.key} and {@code jenkins.ui.policy}; what is stored belongs to {@code jenkins.config}.
 */
package io.jenkins.plugins.airworthy.jenkins.ui.manage;
