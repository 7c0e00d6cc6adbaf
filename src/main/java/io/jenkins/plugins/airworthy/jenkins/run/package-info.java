/**
 * What the controller knows of a run, and signs about it. The classes are in the rooms below: {@code place} is where a step runs,
 * {@code origin} where the run came from, {@code record} what it built and observed, {@code provenance} what is said of that, and
 * {@code signing} with which keys. What crosses to an agent belongs to {@code jenkins.agent}.
 */
package io.jenkins.plugins.airworthy.jenkins.run;
