/**
 * Reads results in JUnit's XML, as Surefire, Gradle, pytest, GoogleTest and others write it, and binds them to an image. The
 * files come from a build's workspace, and are as trustworthy as that. Reading is tolerant of the output of honest
 * tools, safe against hostile input, and never turns a failure into a pass.
 *
 * <p>Belongs here: the format and the choice of files. Where the files come from belongs to {@code cli} or {@code jenkins.agent}.
 */
package io.jenkins.plugins.airworthy.testing.junit;
