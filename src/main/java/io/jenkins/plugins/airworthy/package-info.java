/**
 * What all packages share: failures, progress, time limits, wildcards, clock skew, which hosts are this machine, and where programs
 * are searched for. Uses no other package.
 *
 * <p>Terms: a <em>statement</em> is an in-toto statement about the digest of an image. An <em>observation</em> says which
 * machine produced the content of a statement, and when. <em>Evidence</em> is a statement whose signature was verified. A
 * <em>verdict</em> is the decision of a policy on an image, with the result of every item of its checklist. A <em>promotion</em>
 * copies an image that passed, and its evidence, to the target. A <em>marked run</em> is a run in Jenkins of a kind that the
 * administrator has to accept for a key by name, such as a replay or a change request.
 *
 * <p>Belongs here: what at least two rooms need and what knows nothing of images or Jenkins. A reader of a document belongs to
 * {@code document}.
 */
package io.jenkins.plugins.airworthy;
