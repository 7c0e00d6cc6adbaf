/**
 * What forms send: text areas as lines, ticked boxes as constants, parameters that must be there, and checks whose failure is shown
 * beside the field. Knows nothing of what is configured; what pages show belongs to {@code jenkins.ui.element}.
 */
package io.jenkins.plugins.airworthy.jenkins.form;
