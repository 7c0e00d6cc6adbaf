/**
 * What every room of the house shares: how a failure is told, how progress is told, which hosts are this machine, and where
 * on it a program is looked for. Knows no other package.
 */
package io.jenkins.plugins.airworthy;
