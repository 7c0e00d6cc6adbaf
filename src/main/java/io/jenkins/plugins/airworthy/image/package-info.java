/**
 * What an image is and where it is stored. Follows the OCI image, distribution and layout specifications, version 1.1. The classes are
 * in the rooms below: {@code name}, {@code manifest}, {@code store}, {@code layout}, {@code copy}, {@code layer}, {@code http} and
 * {@code registry}. What a tool says about an image belongs to {@code evidence}.
 */
package io.jenkins.plugins.airworthy.image;
