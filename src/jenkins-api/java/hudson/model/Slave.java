package hudson.model;

import hudson.FilePath;

public abstract class Slave extends Node {
    @Override
    public String getNodeName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FilePath getRootPath() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getNumExecutors() {
        throw new UnsupportedOperationException();
    }
}
