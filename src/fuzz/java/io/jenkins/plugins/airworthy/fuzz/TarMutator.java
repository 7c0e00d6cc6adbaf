package io.jenkins.plugins.airworthy.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Damages fields of the headers of a tar archive, most of them with a checksum that fits again, and moves whole blocks. */
final class TarMutator implements Mutator {
    private static final int BLOCK = 512;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int WAYS = 5;
    /** Name, mode, owner, group, size, time, type, link, magic, prefix: where each is and how long. */
    private static final List<int[]> FIELDS = List.of(
            new int[] {0, 100},
            new int[] {100, 8},
            new int[] {108, 8},
            new int[] {116, 8},
            new int[] {124, 12},
            new int[] {136, 12},
            new int[] {156, 1},
            new int[] {157, 100},
            new int[] {257, 8},
            new int[] {345, 155});

    private static final List<String> TYPES =
            List.of("0", "\0", "1", "2", "3", "4", "5", "6", "7", "x", "g", "L", "K", "S", "D", "V");

    private final Mutator bytes = new ByteMutator();

    @Override
    public byte[] damage(byte[] input, Material material, Chance chance) {
        int blocks = input.length / BLOCK;
        if (blocks == 0) {
            return bytes.damage(input, material, chance);
        }
        int block = chance.below(blocks) * BLOCK;
        int other = chance.below(blocks) * BLOCK;
        byte[] one = Bytes.range(input, block, block + BLOCK);
        return switch (chance.below(WAYS)) {
            case 0 -> Bytes.replaced(input, block, block + BLOCK, new byte[0]);
            case 1 -> Bytes.replaced(input, other, other, one);
            case 2 -> bytes.damage(input, material, chance);
            default -> header(input, block, material, chance);
        };
    }

    private static byte[] header(byte[] input, int block, Material material, Chance chance) {
        byte[] changed = input.clone();
        int[] field = chance.pick(FIELDS);
        byte[] value = (field[1] == 1
                        ? chance.pick(TYPES)
                        : field[0] == 124 && chance.oneIn(2)
                                ? Long.toOctalString(chance.below(3_000))
                                : material.word(chance))
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < field[1]; i++) {
            changed[block + field[0] + i] = i < value.length ? value[i] : 0;
        }
        if (!chance.oneIn(10)) {
            seal(changed, block);
        }
        return changed;
    }

    private static void seal(byte[] archive, int block) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
            sum += own ? ' ' : archive[block + i] & 0xff;
        }
        byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, archive, block + CHECKSUM, CHECKSUM_LENGTH);
    }
}
