/**
 * What the controller knows about a run, and signs about it. The classes are in the packages below: {@code place} is where a step
 * runs, {@code origin} where the run came from, {@code record} what it built and observed, {@code provenance} the statement about
 * that, and {@code signing} the choice of keys. What crosses to an agent belongs to {@code jenkins.agent}.
 */
package io.jenkins.plugins.airworthy.jenkins.run;
