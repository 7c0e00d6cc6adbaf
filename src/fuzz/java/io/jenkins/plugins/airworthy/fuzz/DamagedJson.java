package io.jenkins.plugins.airworthy.fuzz;

import java.util.List;

/** Damaged JSON texts for tests that compare two readers: the same for the same number, and mostly still JSON. */
public final class DamagedJson {
    private final Mutator mutator = Form.JSON.mutator();
    private final Material material;

    /**
     * Makes it.
     *
     * @param inputs pieces are taken from these
     * @param words of the format
     */
    public DamagedJson(List<byte[]> inputs, List<String> words) {
        this.material = new Material(words, inputs);
    }

    public byte[] of(byte[] input, long number) {
        return mutator.damage(input, material, new Chance(number));
    }
}
