package hudson.model.queue;

import hudson.model.ModelObject;

public interface ITask extends ModelObject {}
