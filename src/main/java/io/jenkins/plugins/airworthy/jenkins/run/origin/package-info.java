/**
 * The origin of a run: source and revision, pipeline definition, parameters, who or what started it, and which kind of run that makes it.
 * What cannot be known for certain is a doubt, and never a guess.
 */
package io.jenkins.plugins.airworthy.jenkins.run.origin;
