/**
 * The steps as build steps of freestyle jobs: each holds a Pipeline step, shares its form, and runs it. What a step does belongs to
 * {@code jenkins.step}.
 */
package io.jenkins.plugins.airworthy.jenkins.step.freestyle;
