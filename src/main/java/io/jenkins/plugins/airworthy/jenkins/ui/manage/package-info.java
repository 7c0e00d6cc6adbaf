/**
 * Manage Jenkins → Airworthy, which leads to all other pages of administrators, and the warnings about a set-up that cannot work.
 */
package io.jenkins.plugins.airworthy.jenkins.ui.manage;
