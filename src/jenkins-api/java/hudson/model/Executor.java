package hudson.model;

public class Executor {
    private Executor() {}

    public static Executor currentExecutor() {
        throw new UnsupportedOperationException();
    }

    public Computer getOwner() {
        throw new UnsupportedOperationException();
    }
}
