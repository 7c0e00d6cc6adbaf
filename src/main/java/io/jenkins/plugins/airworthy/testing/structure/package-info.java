/**
 * Structure tests: the YAML of container-structure-test, schema version 2.0.0, run on the files and the config of an image
 * without a container engine. Tests that would have to run the image are refused by name, never skipped.
 *
 * <p>Belongs here: kinds of tests and how each decides. Finding a file in the layers belongs to {@code testing.files}.
 */
package io.jenkins.plugins.airworthy.testing.structure;
