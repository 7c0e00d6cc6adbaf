package hudson.model;

import java.io.Serializable;

public final class Result implements Serializable {
    public static final Result SUCCESS = new Result();

    public static final Result UNSTABLE = new Result();

    public static final Result FAILURE = new Result();

    public static final Result ABORTED = new Result();

    private Result() {}
}
