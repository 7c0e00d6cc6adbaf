package io.jenkins.plugins.airworthy.policy.cel;

/** An error in the text of an expression, with line and column counted from 1. */
public final class ExpressionFlaw extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    ExpressionFlaw(int line, int column, String problem) {
        super(problem);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
