/** The page of the controller's ledger, its search, and its published files. */
package io.jenkins.plugins.airworthy.jenkins.ui.ledger;
