/**
 * What every room of the house shares: how a failure is told, how progress is told, what wildcards stand for, how far clocks
 * may differ, which hosts are this machine, and where on it a program is looked for. Knows no other package.
 */
package io.jenkins.plugins.airworthy;
