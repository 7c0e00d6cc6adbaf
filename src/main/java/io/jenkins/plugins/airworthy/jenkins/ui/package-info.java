/**
 * The pages: of a run, of a job, and under Manage Jenkins. Each page has a model that holds what it shows, as text; no logic is in a
 * view. Pages show what was stored and ask no registry.
 */
package io.jenkins.plugins.airworthy.jenkins.ui;
