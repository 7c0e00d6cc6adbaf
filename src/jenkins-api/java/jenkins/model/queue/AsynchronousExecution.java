package jenkins.model.queue;

public abstract class AsynchronousExecution extends RuntimeException {}
