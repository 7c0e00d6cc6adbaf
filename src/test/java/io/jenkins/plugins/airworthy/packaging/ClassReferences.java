package io.jenkins.plugins.airworthy.packaging;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a class file names in its constant pool (JVMS 4.4): classes, annotations, and methods and fields.
 *
 * @param classes internal names, of types in descriptors too
 * @param members methods and fields that its code uses
 */
record ClassReferences(Set<String> classes, Set<Member> members) {
    private static final Pattern ANNOTATION = Pattern.compile("L[a-z]+/[A-Za-z0-9_/$]+;");
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([^;<]+)[;<]");

    /** A method or field as the using code names it. */
    record Member(String owner, String name, String descriptor) {
        boolean isMethod() {
            return descriptor.startsWith("(");
        }

        @Override
        public String toString() {
            return owner + "." + name + descriptor;
        }
    }

    static ClassReferences of(byte[] classFile) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipNBytes(8);
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        int[] tags = new int[count];
        int[] first = new int[count];
        int[] second = new int[count];
        for (int i = 1; i < count; i++) {
            tags[i] = in.readUnsignedByte();
            switch (tags[i]) {
                case 1 -> texts[i] = in.readUTF();
                case 3, 4 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++;
                }
                case 7, 8, 16, 19, 20 -> first[i] = in.readUnsignedShort();
                case 9, 10, 11, 12, 17, 18 -> {
                    first[i] = in.readUnsignedShort();
                    second[i] = in.readUnsignedShort();
                }
                case 15 -> in.skipNBytes(3);
                default -> throw new IOException("constant of unknown kind " + tags[i]);
            }
        }
        Set<String> classes = new LinkedHashSet<>();
        Set<Member> members = new LinkedHashSet<>();
        for (int i = 1; i < count; i++) {
            switch (tags[i]) {
                case 1 -> addAnnotation(texts[i], classes);
                case 7 -> addClass(texts[first[i]], classes);
                case 12 -> addTypes(texts[second[i]], classes);
                case 16 -> addTypes(texts[first[i]], classes);
                case 9, 10, 11 ->
                    members.add(new Member(texts[first[first[i]]], texts[first[second[i]]], texts[second[second[i]]]));
                default -> {}
            }
        }
        return new ClassReferences(classes, members);
    }

    /** An annotation's type is a text like any other. */
    private static void addAnnotation(String text, Set<String> classes) {
        if (ANNOTATION.matcher(text).matches()) {
            classes.add(text.substring(1, text.length() - 1));
        }
    }

    private static void addClass(String name, Set<String> classes) {
        if (name.startsWith("[")) {
            addTypes(name, classes);
        } else {
            classes.add(name);
        }
    }

    private static void addTypes(String descriptor, Set<String> classes) {
        Matcher type = IN_DESCRIPTOR.matcher(descriptor);
        while (type.find()) {
            classes.add(type.group(1));
        }
    }
}
