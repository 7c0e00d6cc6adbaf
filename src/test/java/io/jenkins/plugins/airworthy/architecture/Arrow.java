package io.jenkins.plugins.airworthy.architecture;

import java.util.Comparator;
import java.util.List;

/**
 * That one package uses another, seen from the package that is above both.
 *
 * @param parent the package above both, without the name of the product's root package; {@code root} for that one
 * @param from the part of the package's name that follows {@code parent}; the last part of {@code parent} for that package itself
 * @param to as {@code from}
 */
record Arrow(String parent, String from, String to) implements Comparable<Arrow> {
    private static final String ROOT = "root";

    /**
     * From two different packages.
     *
     * @param from without the name of the root package, such as {@code image.store}; empty for the root package
     */
    static Arrow between(String from, String to) {
        String[] a = from.isEmpty() ? new String[0] : from.split("\\.");
        String[] b = to.isEmpty() ? new String[0] : to.split("\\.");
        int common = 0;
        while (common < a.length && common < b.length && a[common].equals(b[common])) {
            common++;
        }
        String parent = common == 0 ? ROOT : String.join(".", List.of(a).subList(0, common));
        String itself = common == 0 ? ROOT : a[common - 1];
        return new Arrow(parent, common < a.length ? a[common] : itself, common < b.length ? b[common] : itself);
    }

    @Override
    public int compareTo(Arrow other) {
        return Comparator.comparing(Arrow::toString).compare(this, other);
    }

    @Override
    public String toString() {
        return "in " + parent + ": " + from + " --> " + to;
    }
}
