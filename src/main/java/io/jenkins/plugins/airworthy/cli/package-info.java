/**
 * The command line: arguments in, one use case, a report or a JSON document out, and an exit status. Uses {@code gate} and every
 * package below; no package uses it.
 *
 * <p>Belongs here: options, texts for a person at a prompt and their JSON. A decision, a check or a limit that Jenkins needs too
 * belongs to the engine.
 */
package io.jenkins.plugins.airworthy.cli;
