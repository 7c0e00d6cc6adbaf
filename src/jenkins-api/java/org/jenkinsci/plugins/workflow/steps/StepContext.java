package org.jenkinsci.plugins.workflow.steps;

import java.io.IOException;
import java.io.Serializable;

public abstract class StepContext implements Serializable {
    protected StepContext() {}

    public abstract <T> T get(Class<T> key) throws IOException, InterruptedException;

    public abstract void onSuccess(Object value);

    public abstract void onFailure(Throwable failure);

    public abstract BodyInvoker newBodyInvoker() throws IllegalStateException;
}
