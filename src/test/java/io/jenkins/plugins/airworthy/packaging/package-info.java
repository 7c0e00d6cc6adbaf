/** The archives that are handed out: what is in them, what must not be, and who brings the rest. */
package io.jenkins.plugins.airworthy.packaging;
