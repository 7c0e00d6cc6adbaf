/**
 * Images that another builder made and pushed: reads from that builder's output file which digest it pushed, and checks this
 * against the registry.
 *
 * <p>Belongs here: what the output files of builders say, and what of it a registry can confirm. How an image came to be is not
 * known here, and nothing here says so.
 */
package io.jenkins.plugins.airworthy.build.adopt;
