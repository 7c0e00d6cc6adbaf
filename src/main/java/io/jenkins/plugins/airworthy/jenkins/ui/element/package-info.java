/**
 * Small parts of pages: parts of addresses, and how a moment, a digest and a state are shown.
 * Knows no page; what only one page needs belongs to the room of that page.
 */
package io.jenkins.plugins.airworthy.jenkins.ui.element;
