/** What a ledger tells of promotions: what was where, what is held, and what a crash left open. */
package io.jenkins.plugins.airworthy.gate.history;
