/**
 * Runs another program: in a private folder, with exactly the given environment, bounded in time and output, and never longer than
 * the work that it is for.
 *
 * <p>Belongs here: starting, following and ending a program. Which program that is, and what its output means, belongs to the room
 * that needs it.
 */
package io.jenkins.plugins.airworthy.process;
