package hudson.util;

import hudson.model.Describable;
import hudson.model.Descriptor;

import java.util.AbstractList;

public class DescribableList<T extends Describable<T>, D extends Descriptor<T>> extends AbstractList<T> {
    @Override
    public T get(int index) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int size() {
        throw new UnsupportedOperationException();
    }
}
