/**
 * Lets a builder (buildah, BuildKit, Docker) build a Dockerfile, with every image by a digest that was resolved before. What is read of
 * the Dockerfile follows its <a href="https://docs.docker.com/reference/dockerfile/">reference</a>; what builders read differently is
 * refused.
 *
 * <p>Belongs here: finding the images of a Dockerfile, finding and running the builder, and what provenance says of it. Reading what the
 * builder wrote belongs to {@code build.adopt}.
 */
package io.jenkins.plugins.airworthy.build.dockerfile;
