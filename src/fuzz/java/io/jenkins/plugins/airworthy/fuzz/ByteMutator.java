package io.jenkins.plugins.airworthy.fuzz;

/** Damage that knows no format: flipped bits, cuts, ranges that are dropped, doubled, moved, or taken from elsewhere. */
final class ByteMutator implements Mutator {
    private static final int MOST = 64 * 1024;
    private static final int WAYS = 10;

    @Override
    public byte[] damage(byte[] input, Material material, Chance chance) {
        if (input.length == 0) {
            return material.bytes(chance);
        }
        int from = chance.below(input.length);
        int to = from + chance.few(input.length - from);
        byte[] range = Bytes.range(input, from, to);
        return switch (chance.below(WAYS)) {
            case 0 -> set(input, from, (byte) (input[from] ^ (1 << chance.below(Byte.SIZE))));
            case 1 -> set(input, from, (byte) chance.below(1 << Byte.SIZE));
            case 2 -> set(input, from, (byte) (input[from] + (chance.oneIn(2) ? 1 : -1)));
            case 3 -> Bytes.range(input, 0, from);
            case 4 -> Bytes.replaced(input, from, to, new byte[0]);
            case 5 -> Bytes.replaced(input, from, from, Bytes.repeated(range, times(range, chance)));
            case 6 -> Bytes.replaced(input, from, to, material.piece(chance));
            case 7 -> Bytes.replaced(input, from, from, material.bytes(chance));
            case 8 -> moved(input, from, to, chance);
            default -> Bytes.replaced(input, from, to, material.bytes(chance));
        };
    }

    private static byte[] set(byte[] input, int at, byte value) {
        byte[] changed = input.clone();
        changed[at] = value;
        return changed;
    }

    private static int times(byte[] range, Chance chance) {
        return chance.oneIn(400) ? MOST / (range.length + 1) : 1 + chance.few(30);
    }

    private static byte[] moved(byte[] input, int from, int to, Chance chance) {
        byte[] without = Bytes.replaced(input, from, to, new byte[0]);
        int at = chance.below(without.length);
        return Bytes.replaced(without, at, at, Bytes.range(input, from, to));
    }
}
