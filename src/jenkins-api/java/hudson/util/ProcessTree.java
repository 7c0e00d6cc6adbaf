package hudson.util;

public abstract class ProcessTree {}
