/**
 * What happened: one append-only record of every decision and signature, as a
 * <a href="https://c2sp.org/tlog-tiles">tlog-tiles</a> tree that other tools verify. {@link io.jenkins.plugins.airworthy.ledger.Ledger}
 * is its one writer, {@link io.jenkins.plugins.airworthy.ledger.LedgerReader} what everybody may ask. What an entry means to a gate belongs
 * to {@code gate}; how the controller keeps its ledger belongs to {@code jenkins}.
 */
package io.jenkins.plugins.airworthy.ledger;
