/** The pipeline steps, and the same steps in a freestyle job's form. A step is data; its work runs on a thread of its own. */
package io.jenkins.plugins.airworthy.jenkins.step;
