/**
 * Images and their stores, after the OCI image, distribution and layout specifications, version 1.1. The classes are
 * in the packages below: {@code name}, {@code manifest}, {@code store}, {@code layout}, {@code copy}, {@code layer}, {@code http} and
 * {@code registry}. Statements of tools about images belong to {@code evidence}.
 */
package io.jenkins.plugins.airworthy.image;
