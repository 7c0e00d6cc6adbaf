/** What a run is, what it built and observed, and what may be signed of that. All of it is kept by the controller. */
package io.jenkins.plugins.airworthy.jenkins.run;
