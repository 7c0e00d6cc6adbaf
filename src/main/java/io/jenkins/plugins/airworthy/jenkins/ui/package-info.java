/**
 * The pages. Each page has a model that holds what it shows, as text; views contain no logic. Pages show stored data and query no
 * registry. This package itself holds only the tags and style that all pages share (as resources); a page belongs to one of the
 * packages below: {@code key}, {@code policy}, {@code run} and {@code manage}, which may use the small parts in {@code element}.
 */
package io.jenkins.plugins.airworthy.jenkins.ui;
