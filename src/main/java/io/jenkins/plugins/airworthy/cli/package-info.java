/**
 * The command line: arguments in, one use case, a report or a JSON document out, and an exit status. Uses {@code gate} and every
 * package below; no package uses it.
 */
package io.jenkins.plugins.airworthy.cli;
