package io.jenkins.plugins.airworthy.fuzz;

import java.util.ArrayList;
import java.util.List;

/** The damaged inputs of one target by their numbers: always the same for a seed. */
final class Inputs {
    private static final int MOST_BYTES = 256 * 1024;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L; // spreads neighbouring seeds

    private final Mutator plain = Form.BYTES.mutator();
    private final Mutator formed;
    private final Material material;
    private final long salt;

    Inputs(Target target) {
        List<byte[]> all = new ArrayList<>(target.seeds());
        all.addAll(target.others());
        this.material = new Material(target.words(), all);
        this.formed = target.form().mutator();
        this.salt = target.name().hashCode();
    }

    byte[] get(long seed, long number) {
        Chance chance = new Chance((seed + salt) * GOLDEN + number);
        byte[] input = chance.pick(material.inputs());
        for (int damage = 1 + chance.few(chance.oneIn(8) ? 12 : 1); damage > 0; damage--) {
            byte[] damaged = (chance.oneIn(3) ? plain : formed).damage(input, material, chance);
            input = damaged.length <= MOST_BYTES ? damaged : input;
        }
        return input;
    }
}
