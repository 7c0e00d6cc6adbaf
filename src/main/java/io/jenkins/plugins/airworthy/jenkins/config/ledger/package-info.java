/** The controller's ledger: where it is kept, its key, the names beside its entries, and the record of signatures in it. */
package io.jenkins.plugins.airworthy.jenkins.config.ledger;
