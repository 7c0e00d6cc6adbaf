/**
 * Small parts of pages: parts of addresses, and how a moment, a digest and a state are shown.
 * Does not depend on any page; a part for only one page belongs to the package of that page.
 */
package io.jenkins.plugins.airworthy.jenkins.ui.element;
