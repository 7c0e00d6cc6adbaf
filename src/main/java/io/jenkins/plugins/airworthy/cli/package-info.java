/**
 * The command line
 * Knows {@code  arguments in, one use case, a report or a JSON document out, and an exit status. Nobody knows it.:gate} and every package below}.
 */
package io.jenkins.plugins.airworthy.cli;
