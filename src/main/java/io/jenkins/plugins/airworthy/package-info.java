/**
 * What every room of the house shares: how a failure is told and how progress is told. Knows no other package.
 */
package io.jenkins.plugins.airworthy;
