package io.jenkins.plugins.airworthy.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Damages elements of DER; the lengths around them are made to fit again, except seldom. */
final class DerMutator implements Mutator {
    static final byte SEQUENCE = 0x30;
    private static final int CONSTRUCTED = 0x20;
    private static final int OCTETS = 0x04;
    private static final int BITS = 0x03;
    private static final int LONG_FORM = 0x80;
    private static final int MAX_DEPTH = 40;
    private static final int DEEP = 2_000;
    private static final int WAYS = 9;

    private final Mutator bytes = new ByteMutator();

    /** An element: what is in it is either a list of elements or bytes. */
    private static final class Element {
        private int tag;
        private byte[] head = {}; // the unused bits of a bit string
        private byte[] content;
        private List<Element> parts = List.of();

        byte[] encoded() {
            byte[] inner = content;
            if (!parts.isEmpty()) {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                all.writeBytes(head);
                parts.forEach(part -> all.writeBytes(part.encoded()));
                inner = all.toByteArray();
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(tag);
            length(out, inner.length);
            out.writeBytes(inner);
            return out.toByteArray();
        }
    }

    private static void length(ByteArrayOutputStream out, int length) {
        if (length < LONG_FORM) {
            out.write(length);
            return;
        }
        int count = length >> 16 != 0 ? 3 : length >> 8 != 0 ? 2 : 1;
        out.write(LONG_FORM | count);
        for (int i = count - 1; i >= 0; i--) {
            out.write(length >> (Byte.SIZE * i));
        }
    }

    @Override
    public byte[] damage(byte[] input, Material material, Chance chance) {
        List<Element> top = read(input, 0, 0);
        if (top.isEmpty() || chance.oneIn(10)) {
            return bytes.damage(input, material, chance);
        }
        List<Element> all = new ArrayList<>();
        top.forEach(element -> collect(element, all));
        change(chance.pick(all), all, material, chance);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        top.forEach(element -> out.writeBytes(element.encoded()));
        return out.toByteArray();
    }

    private void change(Element element, List<Element> all, Material material, Chance chance) {
        Element other = chance.pick(all);
        switch (chance.below(WAYS)) {
            case 0 -> element.tag = chance.oneIn(2) ? chance.below(1 << Byte.SIZE) : other.tag;
            case 1 -> set(element, new byte[0]);
            case 2 -> set(element, other.encoded());
            case 3 -> set(element, bytes.damage(inner(element), material, chance));
            case 4 -> set(element, number(chance));
            case 5 -> drop(element, chance);
            case 6 -> repeat(element, chance);
            case 7 -> {
                byte[] deep = inner(element);
                for (int i = chance.oneIn(3) ? DEEP : chance.few(60); i > 0; i--) {
                    deep = deep.length > MAX_DEPTH * DEEP ? deep : wrapped(deep);
                }
                set(element, deep);
            }
            default -> {
                byte[] changed = inner(element).clone();
                if (changed.length > 0) {
                    changed[chance.below(changed.length)] ^= (byte) (1 << chance.below(Byte.SIZE));
                }
                set(element, changed);
            }
        }
    }

    private static byte[] wrapped(byte[] inner) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(SEQUENCE);
        length(out, inner.length);
        out.writeBytes(inner);
        return out.toByteArray();
    }

    private static byte[] inner(Element element) {
        byte[] whole = element.encoded();
        int length = whole[1] & 0xff;
        return Bytes.range(whole, 2 + (length < LONG_FORM ? 0 : length - LONG_FORM), whole.length);
    }

    private static void set(Element element, byte[] content) {
        element.parts = List.of();
        element.content = content;
    }

    private static byte[] number(Chance chance) {
        byte[] number = new byte[1 + chance.few(2_000)];
        number[0] = chance.pick(List.of((byte) 0, (byte) 1, (byte) 0x7f, (byte) 0x80, (byte) 0xff));
        return number;
    }

    private static void drop(Element element, Chance chance) {
        if (element.parts.isEmpty()) {
            element.content = Bytes.range(element.content, 0, chance.below(element.content.length));
        } else {
            element.parts.remove(chance.below(element.parts.size()));
            element.content = element.head;
        }
    }

    private static void repeat(Element element, Chance chance) {
        if (element.parts.isEmpty()) {
            element.content = Bytes.repeated(element.content, 2);
        } else {
            Element part = chance.pick(element.parts);
            for (int i = 1 + chance.few(200); i > 0; i--) {
                element.parts.add(part);
            }
        }
    }

    private static void collect(Element element, List<Element> all) {
        all.add(element);
        element.parts.forEach(part -> collect(part, all));
    }

    /** The elements that fill the bytes from there on; none if they do not. */
    private static List<Element> read(byte[] input, int start, int depth) {
        List<Element> elements = new ArrayList<>();
        int at = start;
        while (at < input.length) {
            if (depth > MAX_DEPTH || input.length - at < 2 || input[at] == 0) {
                return List.of();
            }
            int length = input[at + 1] & 0xff;
            int begin = at + 2;
            if (length >= LONG_FORM) {
                int count = length - LONG_FORM;
                if (count < 1 || count > 3 || input.length - begin < count) {
                    return List.of();
                }
                length = 0;
                for (int i = 0; i < count; i++) {
                    length = (length << Byte.SIZE) | (input[begin++] & 0xff);
                }
            }
            if (length > input.length - begin) {
                return List.of();
            }
            Element element = new Element();
            element.tag = input[at] & 0xff;
            element.content = Bytes.range(input, begin, begin + length);
            int bits = element.tag == BITS && length > 1 && element.content[0] == 0 ? 1 : 0;
            if (bits == 1 || element.tag == OCTETS || (element.tag & CONSTRUCTED) != 0) {
                element.head = Bytes.range(element.content, 0, bits);
                element.parts = read(element.content, bits, depth + 1);
            }
            elements.add(element);
            at = begin + length;
        }
        return elements;
    }
}
