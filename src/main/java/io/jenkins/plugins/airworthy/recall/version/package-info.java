/** Order of versions in the schemes of package registries, and ranges of them. Values only. */
package io.jenkins.plugins.airworthy.recall.version;
