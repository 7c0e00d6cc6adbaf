/**
 * Results in JUnit's XML, as Surefire, Gradle, pytest, GoogleTest and others write it, counted and bound to an image. The
 * files come from a build's workspace, so nothing in them is believed that their own elements contradict.
 */
package io.jenkins.plugins.airworthy.test.junit;
