package io.jenkins.plugins.airworthy.fuzz;

/** One way to damage an input. */
@FunctionalInterface
interface Mutator {
    /** A damaged copy; the given bytes stay as they are. An input that is not of its form comes back damaged in some way too. */
    byte[] damage(byte[] input, Material material, Chance chance);
}
