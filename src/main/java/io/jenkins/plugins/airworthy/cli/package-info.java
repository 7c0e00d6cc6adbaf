/**
 * The command line: arguments in, one use case, a report or a JSON document out, and an exit status. Knows {@code gate}
 * and every package below; nobody knows it.
 */
package io.jenkins.plugins.airworthy.cli;
