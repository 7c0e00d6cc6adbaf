/**
 * Results in JUnit's XML, as Surefire, Gradle, pytest, GoogleTest and others write it, counted and bound to an image. The
 * files come from a build's workspace: what they say is worth as much as that. So reading them is tolerant of what honest
 * tools write, safe against what hostile ones write, and never turns a failure into a pass.
 */
package io.jenkins.plugins.airworthy.testing.junit;
