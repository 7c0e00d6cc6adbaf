package hudson.model;

public abstract class Label extends Actionable {
    public final String getName() {
        throw new UnsupportedOperationException();
    }

    public Label or(Label rhs) {
        throw new UnsupportedOperationException();
    }

    public boolean contains(Node node) {
        throw new UnsupportedOperationException();
    }

    public abstract String getExpression();

    public final boolean matches(Node node) {
        throw new UnsupportedOperationException();
    }
}
