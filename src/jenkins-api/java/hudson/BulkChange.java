package hudson;

import hudson.model.Saveable;

public class BulkChange {
    private BulkChange() {}

    public static boolean contains(Saveable saveable) {
        throw new UnsupportedOperationException();
    }
}
