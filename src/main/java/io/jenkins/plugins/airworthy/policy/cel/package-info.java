/**
 * Expressions of policies in the Common Expression Language: compiling one, and the values that it sees. The only package that uses
 * the library of the language, so that a policy without expressions does not load it.
 */
package io.jenkins.plugins.airworthy.policy.cel;
