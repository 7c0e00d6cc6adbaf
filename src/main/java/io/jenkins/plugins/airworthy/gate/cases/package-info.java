/**
 * Tests of a policy: cases with saved evidence, a time and the expected verdict. A case is judged by the gate itself, offline, from
 * the bytes that {@code verify --save} kept; nothing in a case can state a verdict.
 */
package io.jenkins.plugins.airworthy.gate.cases;
