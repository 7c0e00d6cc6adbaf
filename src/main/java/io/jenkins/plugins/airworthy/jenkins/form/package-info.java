/**
 * Input from forms: text areas as lines, ticked boxes as constants, required parameters, and checks whose failure is shown beside
 * the field. Does not depend on the configuration; what pages show belongs to {@code jenkins.ui.element}.
 */
package io.jenkins.plugins.airworthy.jenkins.form;
